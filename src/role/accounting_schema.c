#include "role/accounting_schema.h"

#include "os/file.h"
#include "os/schema.h"

enum { SAID_MAX = 4096, PLACE_MAX = 32, TREE_MAX = 48 << 20 };

#define XSD_SPACE "http://www.w3.org/2001/XMLSchema"

/* ---- the folder ---- */

/* One file of it; its tree lives until the next. */
struct sheet {
    struct arena *tree;
    const char *path;
    struct str name, space; /* the file's, and that of what it describes */
    const struct xml *root;
};

/* False: it is no schema, or cannot be read (a DOCTYPE): what others include is not a root's own. */
static bool read_sheet(struct ctx *ctx, struct str folder, struct str name, struct sheet *sheet)
{
    struct xml *root;
    struct xml_fault fault;
    struct str path = str_format(ctx->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
    sheet->path = str_is_absent(path) ? NULL : str_c(ctx->arena, path);
    arena_reset(sheet->tree);
    if (sheet->path == NULL || !str_ends(name, STR(".xsd")) ||
        xml_read_file(sheet->tree, sheet->path, &root, &fault) != OK)
        return false;
    struct str space = xml_attribute(root, "targetNamespace");
    sheet->name = name;
    sheet->space = str_is_absent(space) ? STR("") : space;
    sheet->root = root;
    return str_eq(root->space, STR(XSD_SPACE)) && xml_child(root, "element") != NULL;
}

static bool describes(const struct sheet *sheet, const struct xml *root)
{
    const struct xml *one = xml_child(sheet->root, "element");
    while (one != NULL && !str_eq(xml_attribute(one, "name"), root->name))
        one = xml_next(one, "element");
    return one != NULL && str_eq(sheet->space, root->space);
}

static enum status list_folder(struct ctx *ctx, struct verb_call *call, struct str folder, struct str **ret_names,
                               size_t *ret_count)
{
    const char *c_folder = str_c(ctx->arena, folder);
    enum status done = c_folder == NULL ? LIMIT : file_list(c_folder, ctx->arena, SCHEMAS_MAX, ret_names, ret_count);
    call->is_unread = done != OK;
    if (done != OK)
        return refuse_with(ctx, done, "accounting.no_file", T_accounting_no_file, "%.*s", STR_ARG(folder));
    return OK;
}

static enum status open_schema(struct ctx *ctx, struct verb_call *call, const char *path, struct schema **ret_schema)
{
    struct buf said BUF_SCOPE = BUF_INIT(SAID_MAX);
    enum status done = schema_open(path, ret_schema, &said);
    call->is_unread = done != OK;
    if (done == NOT_FOUND)
        return refuse(ctx, done, "accounting.no_libxml2", T_accounting_no_libxml2);
    if (done != OK)
        return refuse_with(ctx, done, "accounting.schema", T_accounting_schema, "%.*s", STR_ARG(buf_str(&said)));
    return OK;
}

/* ---- a document ---- */

static void on_fault(void *with, int64_t line, struct str what)
{
    struct buf place BUF_SCOPE = BUF_INIT(PLACE_MAX);
    buf_add_format(&place, "ligne %u", (unsigned)line);
    fault_add(with, "schema.refused", buf_str(&place), what, STR(""));
}

static enum status check_by(struct ctx *ctx, struct verb_call *call, const char *path, struct faults *faults)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    struct schema *schema SCHEMA_SCOPE = NULL;
    const char *file = str_c(ctx->arena, verb_argument(call, 0));
    if (file == NULL)
        return LIMIT;
    TRY(open_schema(ctx, call, path, &schema));
    TRY(file_read_all(file, &bytes));
    enum status done = schema_check(schema, buf_str(&bytes), on_fault, faults);
    return done == INVALID ? OK : done; /* the faults say it */
}

enum status accounting_schema_check(struct ctx *ctx, struct verb_call *call, struct str folder,
                                    const struct xml *root, struct faults *faults)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct sheet sheet = {.tree = tree};
    struct str *names;
    size_t count;
    TRY(list_folder(ctx, call, folder, &names, &count));
    for (size_t i = 0; i < count; i++)
        if (read_sheet(ctx, folder, names[i], &sheet) && describes(&sheet, root))
            return check_by(ctx, call, sheet.path, faults);
    call->is_unread = true;
    return refuse_with(ctx, NOT_FOUND, "accounting.schema", T_accounting_schema, "%.*s: {%.*s}%.*s", STR_ARG(folder),
                       STR_ARG(root->space), STR_ARG(root->name));
}

/* ---- the verb ---- */

/* "PES_Aller.xsd<TAB>{namespace}PES_Aller<TAB>ok", or in place of ok libxml2's first reason. */
static enum status say_sheet(struct ctx *ctx, struct verb_call *call, const struct sheet *sheet)
{
    struct buf said BUF_SCOPE = BUF_INIT(SAID_MAX);
    struct schema *schema SCHEMA_SCOPE = NULL;
    enum status done = schema_open(sheet->path, &schema, &said);
    if (done == NOT_FOUND)
        return refuse(ctx, done, "accounting.no_libxml2", T_accounting_no_libxml2);
    for (const struct xml *one = xml_child(sheet->root, "element"); one != NULL; one = xml_next(one, "element"))
        buf_add_format(call->out, "%.*s\t{%.*s}%.*s\t%.*s\n", STR_ARG(sheet->name), STR_ARG(sheet->space),
                       STR_ARG(xml_attribute(one, "name")), STR_ARG(done == OK ? STR("ok") : buf_str(&said)));
    call->is_told = call->is_told || done != OK;
    return OK;
}

enum status accounting_schemas(struct ctx *ctx, struct verb_call *call)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct sheet sheet = {.tree = tree};
    struct str folder = verb_argument(call, 0), *names;
    size_t count, found = 0;
    TRY(list_folder(ctx, call, folder, &names, &count));
    for (size_t i = 0; i < count; i++)
        if (read_sheet(ctx, folder, names[i], &sheet)) {
            TRY(say_sheet(ctx, call, &sheet));
            found++;
        }
    call->is_unread = found == 0;
    if (found == 0)
        return refuse_with(ctx, NOT_FOUND, "accounting.schema", T_accounting_schema, "%.*s", STR_ARG(folder));
    return call->is_told ? INVALID : OK;
}
