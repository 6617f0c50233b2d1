/* A folder of XSD schemas of others (the DGFiP's, the DGCL's), and the one of a document among them.
 *
 * Why by root: an operator puts a set there as it was published, and each document says by its root which one is its
 * own. Invariants: only files of the folder itself are looked at for their roots; what they include may lie below. */
#ifndef ROLE_ACCOUNTING_SCHEMA_H
#define ROLE_ACCOUNTING_SCHEMA_H

#include "document/xml.h"
#include "role/accounting_verb.h"
#include "service/accounting/fault.h"

enum { SCHEMAS_MAX = 512 /* files of a folder */, SCHEMA_FILE_MAX = 4 << 20 };

/* Each thing in which the file of the verb does not keep to the schema that the folder has for its root is a fault.
 * Where it cannot be looked at it is refused in words: no libxml2, no schema of that root, one that cannot be used. */
MUST_USE enum status accounting_schema_check(struct ctx *ctx, struct verb_call *call, struct str folder,
                                             const struct xml *root, struct faults *faults);
/* accounting schemas FOLDER: each file that has roots, and whether it can be used. */
verb_run accounting_schemas;

#endif
