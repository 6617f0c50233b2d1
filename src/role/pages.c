#include "role/pages.h"

#include "core/page.h"
#include "core/place.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"

enum {
    RESPONSE_MAX = 80 << 20,
    LASTING_MAX = 32, /* the files of three models, and room; what is beyond is copied */
};

static const int64_t quiet_us = INT64_C(60) * 1000 * 1000;

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

/* ---- what is sent ---- */

/* One memfd for each piece of the program that was asked for, for as long as the process lives. */
static struct {
    struct str bytes;
    int fd;
} lasting[LASTING_MAX];
static size_t lasting_count;

static enum status lasting_memory(struct str bytes, int *ret_fd)
{
    int fd = -1;
    for (size_t i = 0; i < lasting_count; i++)
        if (lasting[i].bytes.at == bytes.at && lasting[i].bytes.len == bytes.len)
            return file_duplicate(lasting[i].fd, ret_fd);
    TRY(file_memory(bytes, &fd));
    if (lasting_count == LASTING_MAX) {
        *ret_fd = fd;
        return OK;
    }
    lasting[lasting_count].bytes = bytes;
    lasting[lasting_count++].fd = fd;
    return file_duplicate(fd, ret_fd);
}

static enum status send_response(struct channel *front, int64_t handle, const struct web_response *response)
{
    bool lasts = !str_is_absent(response->lasting);
    struct str body = lasts ? response->lasting : buf_str(&response->body);
    struct message_web_answer answer = {
        .handle = handle, .code = response->code, .content_type = response->content_type,
        .location = response->location, .file_name = response->file_name, .policy = response->policy,
        .set_cookie = response->set_cookie, .is_cacheable = response->is_cacheable,
        .is_unlisted = response->is_unlisted, .size = (int64_t)body.len, .body = body};
    int fd = -1;
    if (body.len > MESSAGE_INLINE_MAX) {
        answer.body = STR_NONE;
        TRY(lasts ? lasting_memory(body, &fd) : file_memory(body, &fd));
    }
    return message_send(front, MESSAGE_WEB_ANSWER, &answer, fd);
}

/* Once a minute, with how many there were since. */
static void say_cut(enum status why)
{
    static int64_t said_us, count;
    int64_t now_us = clock_monotonic_us();
    count++;
    if (said_us != 0 && now_us - said_us < quiet_us)
        return;
    LOG(LOG_ERROR_LEVEL, "pages", "answer_not_whole", LOG_TEXT("status", str_of(status_name(why))),
        LOG_NUMBER("answers", count));
    said_us = now_us;
    count = 0;
}

enum status pages_answer(struct channel *front, int64_t handle, struct ctx *ctx, struct web_response *response)
{
    struct web_request request = {.path = STR("/"), .form_token = STR("")};
    enum status done = send_response(front, handle, response);
    if (done == OK || done == GONE)
        return done;
    say_cut(done);
    ctx->failure = (struct failure){0};
    page_refusal(ctx, &request, response, BUSY);
    return send_response(front, handle, response);
}
