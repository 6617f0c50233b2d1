/* The document of an act as the State takes it, to download. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_make.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/lang.h"

/* As a spreadsheet of it (print_ods.c): a longer one is the command's (`accounting export-budget`). */
enum { LINES_IN_TURN = 1200, TREE_MAX = 32 << 20 };

static enum status check_length(struct ctx *ctx, const struct budget_act *act)
{
    struct budget_line *lines;
    size_t count;
    TRY(budget_lines(ctx, act->id, &lines, &count));
    return count > LINES_IN_TURN ? refuse(ctx, LIMIT, "accounting.sheet_long", T_accounting_sheet_long) : OK;
}

enum status budget_xml_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct budget_act act;
    struct xml *root;
    TRY(budget_act_asked(ctx, request, &act));
    TRY(budget_need_official(ctx, &act));
    TRY(check_length(ctx, &act));
    TRY(budget_make(ctx, tree, act.document, &root));
    xml_write(&response->body, root, XML_ISO_8859_1);
    response->content_type = STR("application/xml");
    return buf_status(&response->body);
}
