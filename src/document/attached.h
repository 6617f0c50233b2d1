/* An attached invoice is the file of data that a PDF invoice carries: Factur-X and ZUGFeRD are a PDF/A-3 to be read by
 * people with an XML to be read by programs.
 *
 * Source: ISO 32000-1, section 7.11.4 (embedded files, by the names of the catalogue); Factur-X 1.0, whose file is
 * named "factur-x.xml", as ZUGFeRD and XRechnung name theirs otherwise. Only these names are taken, only the bytes
 * are given: nothing in them is believed or run. It belongs into the role convert, as wording_read does. */
#ifndef DOCUMENT_ATTACHED_H
#define DOCUMENT_ATTACHED_H

#include "document/wording.h"

enum { ATTACHED_FILES_MAX = 1000 };

/* Appends the file, and its name to `name`; their owner bounds them. WORDING_EMPTY: none of these names is attached;
 * WORDING_UNKNOWN: no PDF; WORDING_DAMAGED: neither is the file UTF-8; WORDING_TOO_MUCH: above a limit. */
enum wording_end attached_invoice(struct str document, struct buf *file, struct buf *name);

#endif
