/* Rights of the town's people, given by its administrators. */
#include "core/person.h"
#include "service/payroll/lang.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/view/panel.h"

enum { SHOWN_MAX = 300 };

static enum status add_person(struct panel *panel, const person_list_row *row, struct panel_page_person *ret_person)
{
    struct ctx *ctx = panel->ctx;
    unsigned held;
    TRY(payroll_right_given(ctx, row->id, &held));
    struct panel_page_person person = {.id = row->id, .name = row->display_name, .address = row->address,
                                       .rights = arena_array(ctx->arena, struct panel_page_person_right,
                                                             PAYROLL_RIGHTS)};
    if (person.rights == NULL)
        return LIMIT;
    for (size_t i = 0; i < PAYROLL_RIGHTS; i++)
        person.rights[person.right_count++] =
            (struct panel_page_person_right){.value = 1 << i,
                                             .label = text_of(ctx->language, payroll_right_name(1U << i)),
                                             .is_held = held >> i & 1};
    *ret_person = person;
    return OK;
}

enum status payroll_right_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct panel panel;
    person_list_row *people;
    size_t count;
    TRY(panel_begin(&panel, ctx, request, text_of(ctx->language, T_payroll_right_title)));
    panel_stand(&panel, text_of(ctx->language, T_payroll_right_text));
    TRY(person_list(ctx, &people, &count));
    panel.page.persons = arena_array(ctx->arena, struct panel_page_person, SHOWN_MAX);
    if (panel.page.persons == NULL)
        return LIMIT;
    for (size_t i = 0; i < count && panel.page.person_count < SHOWN_MAX; i++)
        if (people[i].role != ROLE_OPERATOR && people[i].is_active)
            TRY(add_person(&panel, &people[i], &panel.page.persons[panel.page.person_count++]));
    return panel_end(&panel, response);
}

enum status payroll_right_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    unsigned rights = 0;
    for (size_t i = 0; i < PAYROLL_RIGHTS; i++)
        rights |= web_has(request, str_c(ctx->arena, str_format(ctx->arena, "right%d", 1 << i))) ? 1U << i : 0;
    TRY(payroll_right_set(ctx, web_int(request, "person", 0), rights));
    return web_redirect(ctx, response, "/payroll/people?saved=1");
}
