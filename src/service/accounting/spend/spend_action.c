/* Forms of a page of spending, and their fields. */
#include "service/accounting/lang.h"
#include "service/accounting/spend/spend_view.h"

#define ROOM(view, type, count) arena_array((view)->ctx->arena, type, (count))

enum status spend_action(struct spend_view *view, const char *id, enum text_key title, enum text_key button,
                         struct str path, struct spend_page_action **ret_action)
{
    REQUIRE(view->page.action_count < SPEND_ACTIONS_MAX);
    struct spend_page_action *action = &view->page.actions[view->page.action_count++];
    *action = (struct spend_page_action){.id = str_of(id),
                                         .title = text_of(view->ctx->language, title),
                                         .text = STR(""),
                                         .path = path,
                                         .command = view->command,
                                         .button = text_of(view->ctx->language, button),
                                         .is_main = view->page.action_count == 1,
                                         .more = STR(""),
                                         .fields = ROOM(view, struct spend_page_action_field, SPEND_FIELDS_MAX)};
    *ret_action = action;
    return action->fields == NULL ? LIMIT : OK;
}

struct spend_page_action_field *spend_field(struct spend_view *view, struct spend_page_action *action,
                                            const char *name, enum text_key label, enum spend_field kind,
                                            struct str value, bool is_required)
{
    REQUIRE(action->field_count < SPEND_FIELDS_MAX);
    struct spend_page_action_field *field = &action->fields[action->field_count++];
    struct str sent = view->request->method == WEB_POST ? web_value(view->request, name) : STR_NONE;
    *field = (struct spend_page_action_field){
        .id = str_format(view->ctx->arena, "%.*s-%s", STR_ARG(action->id), name),
        .name = str_of(name),
        .label = text_of(view->ctx->language, label),
        .value = str_is_absent(sent) ? value : sent,
        .is_text = kind == SPEND_WORDS || kind == SPEND_WIDE,
        .is_wide = kind == SPEND_WIDE,
        .is_date = kind == SPEND_DATE,
        .is_money = kind == SPEND_MONEY,
        .is_file = kind == SPEND_FILE,
        .is_required = is_required,
        .list = STR(""),
        .hint = STR(""),
        .hint_id = STR("")};
    action->takes_files |= field->is_file;
    return field;
}

void spend_hint(struct spend_view *view, struct spend_page_action_field *field, enum text_key hint)
{
    field->has_hint = true;
    field->hint = text_of(view->ctx->language, hint);
    field->hint_id = str_format(view->ctx->arena, "%.*s-hint", STR_ARG(field->id));
}

enum status spend_choices(struct spend_view *view, struct spend_page_action_field *field, size_t room)
{
    field->options = ROOM(view, struct spend_page_action_field_option, room + 1);
    field->list = str_format(view->ctx->arena, "%.*s-list", STR_ARG(field->id));
    field->has_list = field->has_options = field->options != NULL;
    return field->has_options ? OK : LIMIT;
}

void spend_choice(struct spend_page_action_field *field, size_t room, struct str value, struct str text)
{
    if (field->option_count < room)
        field->options[field->option_count++] = (struct spend_page_action_field_option){value, text};
}
