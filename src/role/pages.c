#include "role/pages.h"

#include "core/place.h"
#include "os/file.h"

enum { RESPONSE_MAX = 80 << 20 };

enum status pages_open(struct arena *arena, enum web_owner owner, struct web_table **ret_table,
                       struct str *ret_refusal)
{
    return web_table_create(arena, service_all, owner, ret_table, ret_refusal);
}

/* Whoever operates belongs to the member that runs the house: elsewhere the role opens nothing. */
static permission_set rights_of(const struct ctx *ctx, const struct ticket *ticket)
{
    return ctx->place->runs_house ? ticket->rights : ticket->rights & ~(permission_set)PERMISSION_OPERATE;
}

static struct actor actor_of(const struct ctx *ctx, const struct pages_ask *ask)
{
    if (ask->ticket == NULL)
        return (struct actor){.address = STR(""), .name = STR("")};
    return (struct actor){.person = ask->ticket->person,
                          .session = ask->ticket->session,
                          .rights = rights_of(ctx, ask->ticket),
                          .address = ask->ticket->address,
                          .name = ask->name,
                          .mandate = ask->ticket->mandate,
                          .mandate_reason = ask->mandate_reason,
                          .mandate_ends = ask->mandate_ends};
}

enum status pages_run(struct ctx *ctx, const struct web_table *table, const struct pages_ask *ask,
                      struct web_response *response)
{
    const struct message_web *web = ask->web;
    struct web_request request = {
        .method = web->method == WEB_POST ? WEB_POST : WEB_GET, .path = web->path, .query = web->query,
        .content_type = web->content_type, .body = ask->body, .accept_language = web->accept_language,
        .form_token = ask->ticket != NULL ? ask->ticket->form_token : STR(""), .remote = web->remote,
        .device = web->device, .host = web->host, .is_secure = web->is_secure, .wants_fragment = web->wants_fragment,
        .house = ask->house, .hashes = ask->hashes, .hash_count = ask->hash_count};
    *response = (struct web_response){.body = BUF_INIT(RESPONSE_MAX)};
    ctx->actor = actor_of(ctx, ask);
    ctx->trace = web->trace;
    ctx->language = web_language(ask->ticket != NULL ? ask->ticket->language : web_asked_language(web->query),
                                 web->accept_language, ctx->place->language);
    return web_dispatch(ctx, table, &request, response);
}

enum status pages_answer(struct channel *front, int64_t handle, const struct web_response *response)
{
    struct str body = buf_str(&response->body);
    struct message_web_answer answer = {
        .handle = handle, .code = response->code, .content_type = response->content_type,
        .location = response->location, .file_name = response->file_name, .policy = response->policy,
        .set_cookie = response->set_cookie, .is_cacheable = response->is_cacheable,
        .is_unlisted = response->is_unlisted, .size = (int64_t)body.len, .body = body};
    int fd = -1;
    if (body.len > MESSAGE_INLINE_MAX) {
        answer.body = STR_NONE;
        TRY(file_memory(body, &fd));
    }
    return message_send(front, MESSAGE_WEB_ANSWER, &answer, fd);
}
