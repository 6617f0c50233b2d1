#include "core/audit.h"
#include "core/place.h"
#include "core/service.h"

#include "base/base64.h"
#include "service/people/lang.h"
#include "service/people/people.h"
#include "service/people/people_audit_html.h"
#include "service/people/people_audit_print_html.h"

static struct str hash_plain(struct ctx *ctx, const unsigned char *hash)
{
    struct buf plain BUF_SCOPE = BUF_INIT(200);
    hex_encode(&plain, (struct str){(const char *)hash, AUDIT_HASH_BYTES});
    return str_copy(ctx->arena, buf_str(&plain));
}

/* In groups of eight, for the eye. */
static struct str hash_words(struct ctx *ctx, const unsigned char *hash)
{
    struct buf text BUF_SCOPE = BUF_INIT(200);
    struct buf plain BUF_SCOPE = BUF_INIT(200);
    hex_encode(&plain, (struct str){(const char *)hash, AUDIT_HASH_BYTES});
    for (size_t i = 0; i < plain.len; i++) {
        if (i > 0 && i % 8 == 0)
            buf_add_byte(&text, ' ');
        buf_add_byte(&text, plain.at[i]);
    }
    return str_copy(ctx->arena, buf_str(&text));
}

/* As the service says that noted it. */
static struct str words_of_service(struct ctx *ctx, struct str kind)
{
    for (size_t s = 0; service_all[s] != NULL; s++)
        for (size_t i = 0; i < service_all[s]->act_count; i++) {
            const struct service_act *act = &service_all[s]->acts[i];
            if (act->kind != NULL && str_eq(kind, str_of(act->kind)))
                return text_of(ctx->language, act->words);
        }
    return kind;
}

/* What was done, in words; acts of a later version keep their code. */
static struct str kind_words(struct ctx *ctx, struct str kind)
{
    static const struct {
        const char *kind;
        enum text_key words;
    } kinds[] = {{"person.add", T_people_audit_person_add},     {"person.set", T_people_audit_person_set},
                 {"person.reset", T_people_audit_person_reset}, {"alias.add", T_people_audit_alias_add},
                 {"alias.drop", T_people_audit_alias_drop},     {"group.add", T_people_audit_group_add},
                 {"group.set", T_people_audit_group_set},       {"group.delete", T_people_audit_group_delete},
                 {"person.end_sessions", T_people_audit_end_sessions},
                 {"person.second_off", T_people_audit_second_off}, {"setting.set", T_people_audit_setting_set},
                 {"service.on", T_people_audit_service_on},     {"service.off", T_people_audit_service_off},
                 {"member.add", T_people_audit_member_add},     {"member.set", T_people_audit_member_set},
                 {"member.domain", T_people_audit_member_domain}, {"member.host", T_people_audit_member_host},
                 {"town.backup", T_people_audit_backup},        {"town.restore", T_people_audit_restore},
                 {"town.export", T_people_audit_export},        {"town.rebuild", T_people_audit_rebuild},
                 {"person.password", T_people_audit_password},  {"mail.import", T_people_audit_import},
                 {"mail.undelete", T_people_audit_undelete},
                 {"mandate.give", T_people_audit_mandate_give}, {"mandate.end", T_people_audit_mandate_end},
                 {"mandate.see", T_people_audit_mandate_see},   {"mandate.act", T_people_audit_mandate_act}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(kind, str_of(kinds[i].kind)))
            return text_of(ctx->language, kinds[i].words);
    return words_of_service(ctx, kind);
}

enum status people_audit_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct audit_head last;
    audit_row *rows;
    size_t count;
    TRY(audit_list(ctx, web_int(request, "before", 0), &rows, &count));
    TRY(audit_head(ctx, &last));
    struct people_audit_view view = {.tabs = {.on_audit = true},
                                     .count = last.count,
                                     .head = hash_words(ctx, last.hash),
                                     .is_empty = last.count == 0,
                                     .has_older = count == AUDIT_LIST_MAX,
                                     .entries = arena_array(ctx->arena, struct people_audit_entry, count + 1)};
    if (view.entries == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view.entries[view.entry_count++] = (struct people_audit_entry){
            .number = rows[i].id, .at = page_moment(ctx, (struct instant){rows[i].at_ms}), .who = rows[i].actor,
            .what = kind_words(ctx, rows[i].kind), .subject = rows[i].subject, .detail = rows[i].detail};
    if (view.has_older)
        view.older = str_format(ctx->arena, "/people/audit?before=%lld", (long long)rows[count - 1].id);
    view.older = view.has_older ? view.older : STR("");
    struct page_head head = people_head(ctx, T_people_tab_audit);
    page_begin(&page, ctx, request, response);
    people_audit_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status people_audit_print(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct audit_head last;
    TRY(audit_head(ctx, &last));
    struct people_audit_print_view view = {.town = ctx->place->title, .name = ctx->place->name, .count = last.count,
                                           .head = hash_words(ctx, last.hash), .moment = page_moment(ctx, ctx->now),
                                           .who = ctx->actor.address, .command_head = hash_plain(ctx, last.hash)};
    struct page_head head = people_head(ctx, T_people_audit_print_title);
    page_begin(&page, ctx, request, response);
    people_audit_print_html(&page.html, &view);
    return page_end(&page, &head);
}
