#include "core/auth_secret.h"
#include "core/auth_sql.h"

#include "base/base64.h"

#define SEEN_EVERY_MS (5 * 60 * INT64_C(1000))
#define KEPT_MS (30 * 86400 * INT64_C(1000))
#define DAY_MS (86400 * INT64_C(1000))

typedef struct sql_auth_session_get_row session_row;

static bool is_open(const struct ctx *ctx, const session_row *row)
{
    bool is_browser = row->kind == SESSION_WEB || row->kind == SESSION_PENDING;
    if (row->ended_ms != 0 || row->expires_ms <= ctx->now.ms)
        return false;
    return !is_browser || ctx->now.ms - row->seen_ms < AUTH_SESSION_IDLE_MS;
}

static void set_end(struct ctx *ctx, const session_row *row, struct ticket *ticket)
{
    int64_t end_ms = ctx->now.ms + TICKET_LIFE_MS;
    ticket->expires.ms = end_ms < row->expires_ms ? end_ms : row->expires_ms;
}

/* Under a mandate there is no person, and so nothing that is anybody's own. */
static enum status mandate_ticket(struct ctx *ctx, const session_row *row, struct ticket *ticket)
{
    struct sql_auth_mandate_get_row mandate;
    TRY(sql_auth_mandate_get(ctx->db, ctx->arena, (struct sql_auth_mandate_get){.id = row->mandate}, &mandate));
    if (mandate.ends_ms <= ctx->now.ms || !str_eq(mandate.operator, row->address))
        return GONE;
    /* Somebody who operates no more, or is suspended, is out with the next ticket. */
    if (ctx->auth->still_operates != NULL)
        TRY(ctx->auth->still_operates(ctx, row->address));
    ticket->rights = PERMISSION_ADMINISTER;
    ticket->address = row->address;
    ticket->mandate = row->mandate;
    if (ticket->expires.ms > mandate.ends_ms)
        ticket->expires.ms = mandate.ends_ms;
    return OK;
}

/* The account password opens mail only while the town allows it and no second factor is on. */
static enum status check_mail_password(struct ctx *ctx, const struct auth_credential *credential)
{
    bool is_allowed;
    TRY(auth_mail_password(ctx, &is_allowed));
    return is_allowed && !credential->is_second_on ? OK : GONE;
}

static enum status person_ticket(struct ctx *ctx, const session_row *row, struct ticket *ticket)
{
    struct auth_credential credential;
    TRY(auth_credential(ctx, row->person, &credential));
    if (!credential.is_active)
        return GONE;
    if (row->kind == SESSION_MAIL)
        TRY(check_mail_password(ctx, &credential));
    ticket->person = row->person;
    ticket->language = credential.language;
    ticket->address = credential.address;
    ticket->rights = permission_of_role(credential.role);
    /* A mail program is no browser: it reads and writes its person's mail, and administers nothing. */
    if (row->kind != SESSION_WEB)
        ticket->rights &= PERMISSION_SELF;
    return OK;
}

static enum status ticket_of(struct ctx *ctx, const session_row *row, struct ticket *ret_ticket)
{
    struct ticket ticket = {.member = ctx->auth->member,
                            .session = row->id,
                            .address = STR(""),
                            .language = STR(""),
                            .form_token = STR("")};
    if (!is_open(ctx, row))
        return GONE;
    set_end(ctx, row, &ticket);
    if (row->kind == SESSION_WEB || row->kind == SESSION_PENDING)
        ticket.form_token = row->form_token;
    if (row->mandate != 0)
        TRY(mandate_ticket(ctx, row, &ticket));
    else if (row->kind != SESSION_PENDING)
        TRY(person_ticket(ctx, row, &ticket));
    *ret_ticket = ticket;
    return OK;
}

static enum status session_get(struct ctx *ctx, int64_t id, session_row *ret_row)
{
    return sql_auth_session_get(ctx->db, ctx->arena, (struct sql_auth_session_get){.id = id}, ret_row);
}

static enum status find_by_token(struct ctx *ctx, struct str token, session_row *ret_row)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(AUTH_TOKEN_BYTES);
    struct str hash;
    struct sql_auth_session_of_row row;
    if (token.len > AUTH_TOKEN_TEXT_MAX || base64_decode_url(&bytes, token) != OK || bytes.len != AUTH_TOKEN_BYTES)
        return DENIED;
    TRY(auth_hash(ctx, AUTH_TOKEN, buf_str(&bytes), &hash));
    enum status found = sql_auth_session_of(ctx->db, ctx->arena, (struct sql_auth_session_of){.token = hash}, &row);
    if (found == NOT_FOUND)
        return DENIED;
    TRY(found);
    return session_get(ctx, row.id, ret_row);
}

enum status auth_ticket(struct ctx *ctx, struct str token, struct str remote, struct ticket *ret_ticket)
{
    session_row row;
    TRY(find_by_token(ctx, token, &row));
    if (row.kind != SESSION_WEB && row.kind != SESSION_PENDING)
        return DENIED;
    TRY(ticket_of(ctx, &row, ret_ticket));
    if (ctx->now.ms - row.seen_ms < SEEN_EVERY_MS)
        return OK;
    return sql_auth_session_seen(
        ctx->db, (struct sql_auth_session_seen){.id = row.id, .now_ms = ctx->now.ms, .remote = remote});
}

enum status auth_ticket_renew(struct ctx *ctx, int64_t session, struct ticket *ret_ticket)
{
    session_row row;
    enum status found = session_get(ctx, session, &row);
    return found == NOT_FOUND ? GONE : found != OK ? found : ticket_of(ctx, &row, ret_ticket);
}

enum status auth_session_list(struct ctx *ctx, int64_t person, struct auth_session **ret_sessions, size_t *ret_count)
{
    struct sql_auth_session_list_row *rows;
    size_t count, kept = 0;
    struct sql_auth_session_list in = {.person = person, .now_ms = ctx->now.ms};
    TRY(sql_auth_session_list(ctx->db, ctx->arena, in, &rows, &count));
    struct auth_session *sessions = arena_array(ctx->arena, struct auth_session, count + 1);
    if (sessions == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        bool is_idle = rows[i].kind <= SESSION_PENDING && ctx->now.ms - rows[i].seen_ms >= AUTH_SESSION_IDLE_MS;
        if (!is_idle)
            sessions[kept++] = (struct auth_session){.id = rows[i].id,
                                                     .kind = (enum session_kind)rows[i].kind,
                                                     .label = rows[i].label,
                                                     .remote = rows[i].remote,
                                                     .created = {rows[i].created_ms},
                                                     .seen = {rows[i].seen_ms}};
    }
    *ret_sessions = sessions;
    *ret_count = kept;
    return OK;
}

enum status auth_session_end(struct ctx *ctx, int64_t person, int64_t session)
{
    struct sql_auth_session_end in = {.id = session, .person = person, .now_ms = ctx->now.ms};
    TRY(sql_auth_session_end(ctx->db, in));
    return db_changes(ctx->db) == 1 ? OK : NOT_FOUND;
}

enum status auth_end_every_session(struct ctx *ctx)
{
    return sql_auth_session_end_every(ctx->db, (struct sql_auth_session_end_every){.now_ms = ctx->now.ms});
}

enum status auth_session_end_all(struct ctx *ctx, int64_t person, int64_t kept)
{
    return sql_auth_session_end_others(
        ctx->db, (struct sql_auth_session_end_others){.person = person, .kept = kept, .now_ms = ctx->now.ms});
}

enum status auth_ended_since(struct ctx *ctx, struct instant since, int64_t **ret_sessions, size_t *ret_count)
{
    struct sql_auth_ended_since_row *rows;
    size_t count;
    /* ended_ms is 0 for an open session. */
    struct sql_auth_ended_since in = {.since_ms = since.ms > 0 ? since.ms : 1};
    TRY(sql_auth_ended_since(ctx->db, ctx->arena, in, &rows, &count));
    int64_t *sessions = arena_array(ctx->arena, int64_t, count + 1);
    if (sessions == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        sessions[i] = rows[i].id;
    *ret_sessions = sessions;
    *ret_count = count;
    return OK;
}

enum status auth_sweep(struct ctx *ctx)
{
    int64_t kept_ms = ctx->now.ms - KEPT_MS, day_ms = ctx->now.ms - DAY_MS;
    TRY(sql_auth_sweep_sessions(ctx->db, (struct sql_auth_sweep_sessions){.before_ms = kept_ms}));
    TRY(sql_auth_sweep_failures(ctx->db, (struct sql_auth_sweep_failures){.before_ms = day_ms}));
    TRY(sql_auth_sweep_familiar(ctx->db, (struct sql_auth_sweep_familiar){.before_ms = kept_ms}));
    return sql_auth_sweep_invitations(ctx->db, (struct sql_auth_sweep_invitations){.before_ms = kept_ms});
}
