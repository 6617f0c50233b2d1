#include "core/auth_secret.h"
#include "core/auth_sql.h"
#include "core/totp.h"
#include "os/socket.h"

enum { ADDRESS_MAX = 254, REMOTE_MAX = 64 };

/* One attempt as it is weighed: who it says it is, and what is held against it. */
struct weighed {
    struct str address; /* lower case */
    struct str place;   /* where it comes from */
    struct auth_credential credential;
    bool is_known, is_familiar;
    int64_t account_failures, remote_failures;
};

static struct str who(struct ctx *ctx, const char *kind, struct str name)
{
    return str_format(ctx->arena, "%s:%.*s", kind, STR_ARG(name));
}

/* Where a try comes from, as failures and familiar places are counted: whoever has an IPv6 network has all its
 * addresses. */
static struct str place_of(struct ctx *ctx, const struct auth_try *try)
{
    char room[SOCKET_NETWORK_MAX];
    return str_copy(ctx->arena, socket_network_text(try->remote, room));
}

static enum status is_familiar(struct ctx *ctx, int64_t person, struct str place, bool *ret_is)
{
    struct sql_auth_familiar_row row;
    struct sql_auth_familiar in = {
        .person = person, .remote = place, .since_ms = ctx->now.ms - AUTH_FAMILIAR_MS};
    TRY(sql_auth_familiar(ctx->db, ctx->arena, in, &row));
    *ret_is = row.number > 0;
    return OK;
}

static enum status weigh(struct ctx *ctx, const struct auth_try *try, struct weighed *ret)
{
    if (try->address.len == 0 || try->address.len > ADDRESS_MAX || try->remote.len > REMOTE_MAX)
        return INVALID;
    *ret = (struct weighed){.address = str_lower(ctx->arena, try->address), .place = place_of(ctx, try)};
    if (str_is_absent(ret->address) || str_is_absent(ret->place))
        return LIMIT;
    TRY(auth_failures(ctx, who(ctx, "a", ret->address), &ret->account_failures));
    TRY(auth_failures(ctx, who(ctx, "r", ret->place), &ret->remote_failures));
    enum status found = auth_by_address(ctx, ret->address, &ret->credential);
    if (found == NOT_FOUND)
        return OK;
    TRY(found);
    ret->is_known = true;
    return is_familiar(ctx, ret->credential.person, ret->place, &ret->is_familiar);
}

static bool is_over(const struct weighed *weighed)
{
    return !weighed->is_familiar && (weighed->account_failures >= AUTH_ACCOUNT_FAILURES_MAX ||
                                     weighed->remote_failures >= AUTH_REMOTE_FAILURES_MAX);
}

/* A town hall shares one address: its failures weigh less than the account's. */
static enum status refuse_try(struct ctx *ctx, const struct weighed *weighed, struct auth_answer *answer)
{
    int64_t account, remote;
    TRY(auth_failed(ctx, who(ctx, "a", weighed->address), &account));
    TRY(auth_failed(ctx, who(ctx, "r", weighed->place), &remote));
    *answer = (struct auth_answer){.outcome = AUTH_REFUSED,
                                   .delay_ms = auth_delay(account > remote / 8 ? account : remote / 8)};
    return OK;
}

static enum status allow(struct ctx *ctx, const struct auth_try *try, struct auth_answer answer,
                         struct auth_answer *ret_answer)
{
    struct str place = place_of(ctx, try);
    TRY(str_is_absent(place) ? LIMIT : OK);
    TRY(sql_auth_familiar_put(
        ctx->db, (struct sql_auth_familiar_put){.person = answer.person, .remote = place, .now_ms = ctx->now.ms}));
    answer.outcome = AUTH_ALLOWED;
    *ret_answer = answer;
    return OK;
}

/* A password in the form of an application password is looked up by its hash: 128 random bits need no slow one. */
static enum status find_application(struct ctx *ctx, const struct auth_try *try, const struct weighed *weighed,
                                    int64_t *ret_session)
{
    struct str bytes, hash;
    struct sql_auth_session_of_row row;
    struct sql_auth_session_get_row session;
    if (auth_read_groups(ctx->arena, try->password, AUTH_APPLICATION_BYTES, &bytes) != OK)
        return NOT_FOUND;
    TRY(auth_hash(ctx, AUTH_APPLICATION, bytes, &hash));
    TRY(sql_auth_session_of(ctx->db, ctx->arena, (struct sql_auth_session_of){.token = hash}, &row));
    TRY(sql_auth_session_get(ctx->db, ctx->arena, (struct sql_auth_session_get){.id = row.id}, &session));
    bool is_theirs = weighed->is_known && weighed->credential.is_active && session.kind == SESSION_APPLICATION &&
                     session.person == weighed->credential.person && session.ended_ms == 0;
    if (!is_theirs)
        return NOT_FOUND;
    *ret_session = session.id;
    return OK;
}

/* What the hasher compares with: for anybody who cannot succeed, a verifier that nothing fits. */
static enum status ask_check(struct ctx *ctx, const struct weighed *weighed, bool may_succeed,
                             struct auth_answer *ret_answer)
{
    struct buf blank BUF_SCOPE = BUF_INIT(PASSWORD_VERIFIER_MAX);
    struct str seed, verifier = weighed->credential.verifier;
    if (!may_succeed || !weighed->is_known || !weighed->credential.is_active || verifier.len == 0) {
        TRY(auth_random(ctx, PASSWORD_SALT_BYTES, &seed));
        password_blank(&blank, ctx->auth->cost, (const unsigned char *)seed.at);
        verifier = str_copy(ctx->arena, buf_str(&blank));
    }
    *ret_answer = (struct auth_answer){.outcome = AUTH_CHECK, .verifier = verifier};
    return str_is_absent(verifier) ? LIMIT : OK;
}

static enum status begin_mail(struct ctx *ctx, const struct auth_try *try, const struct weighed *weighed,
                              struct auth_answer *ret_answer)
{
    int64_t session;
    bool is_allowed;
    enum status found = find_application(ctx, try, weighed, &session);
    if (found == OK) {
        TRY(sql_auth_session_seen(ctx->db, (struct sql_auth_session_seen){
                                               .id = session, .now_ms = ctx->now.ms, .remote = try->remote}));
        struct auth_answer answer = {.person = weighed->credential.person, .session = session};
        return allow(ctx, try, answer, ret_answer);
    }
    if (found != NOT_FOUND)
        return found;
    TRY(auth_mail_password(ctx, &is_allowed));
    /* Where no account password opens mail, no account is worth hashing for: all answer alike. */
    if (!is_allowed)
        return refuse_try(ctx, weighed, ret_answer);
    return ask_check(ctx, weighed, !weighed->credential.is_second_on, ret_answer);
}

enum status auth_login_begin(struct ctx *ctx, const struct auth_try *try, struct auth_answer *ret_answer)
{
    struct weighed weighed;
    enum status done = weigh(ctx, try, &weighed);
    if (done == INVALID) {
        *ret_answer = (struct auth_answer){.outcome = AUTH_REFUSED, .delay_ms = auth_delay(1)};
        return OK;
    }
    TRY(done);
    if (is_over(&weighed)) {
        *ret_answer = (struct auth_answer){.outcome = AUTH_TOO_MANY, .delay_ms = AUTH_DELAY_MAX_MS};
        return OK;
    }
    if (try->door == AUTH_MAIL)
        return begin_mail(ctx, try, &weighed, ret_answer);
    return ask_check(ctx, &weighed, true, ret_answer);
}

/* One session stands for the account password in all mail programs of a person. */
static enum status mail_session(struct ctx *ctx, const struct auth_try *try, int64_t person, struct auth_answer *answer)
{
    struct auth_session *sessions;
    size_t count;
    TRY(auth_session_list(ctx, person, &sessions, &count));
    for (size_t i = 0; i < count; i++)
        if (sessions[i].kind == SESSION_MAIL) {
            answer->session = sessions[i].id;
            return sql_auth_session_seen(ctx->db, (struct sql_auth_session_seen){.id = sessions[i].id,
                                                                                 .now_ms = ctx->now.ms,
                                                                                 .remote = try->remote});
        }
    struct str unused; /* nobody is given its token */
    return auth_session_make(ctx,
                             &(struct auth_new_session){.person = person,
                                                        .kind = SESSION_MAIL,
                                                        .label = try->device,
                                                        .remote = try->remote,
                                                        .address = STR(""),
                                                        .expires_ms = AUTH_FOREVER_MS},
                             &answer->session, &unused);
}

static enum status web_session(struct ctx *ctx, const struct auth_try *try, enum session_kind kind,
                               struct auth_answer *answer)
{
    int64_t life_ms = kind == SESSION_PENDING ? AUTH_PENDING_LIFE_MS : AUTH_SESSION_LIFE_MS;
    return auth_session_make(ctx,
                             &(struct auth_new_session){.person = answer->person,
                                                        .kind = kind,
                                                        .label = try->device,
                                                        .remote = try->remote,
                                                        .address = STR(""),
                                                        .expires_ms = ctx->now.ms + life_ms},
                             &answer->session, &answer->token);
}

enum status auth_login_end(struct ctx *ctx, const struct auth_try *try, bool is_right, struct auth_answer *answer)
{
    struct weighed weighed;
    REQUIRE(answer->outcome == AUTH_CHECK);
    TRY(weigh(ctx, try, &weighed));
    /* The verifier may have changed while the hasher worked. */
    const struct auth_credential *credential = &weighed.credential;
    if (!is_right || !weighed.is_known || !credential->is_active || !str_eq(credential->verifier, answer->verifier))
        return refuse_try(ctx, &weighed, answer);
    struct auth_answer found = {.person = credential->person};
    if (try->door == AUTH_MAIL) {
        if (credential->is_second_on)
            return refuse_try(ctx, &weighed, answer);
        TRY(mail_session(ctx, try, found.person, &found));
        return allow(ctx, try, found, answer);
    }
    if (!credential->is_second_on) {
        TRY(web_session(ctx, try, SESSION_WEB, &found));
        return allow(ctx, try, found, answer);
    }
    TRY(web_session(ctx, try, SESSION_PENDING, &found));
    found.outcome = AUTH_SECOND;
    *answer = found;
    return OK;
}

static enum status use_code(struct ctx *ctx, int64_t person, struct str code, bool *ret_is_right)
{
    struct sql_auth_credential_row row;
    struct str secret;
    int64_t step;
    *ret_is_right = false;
    TRY(sql_auth_credential(ctx->db, ctx->arena, (struct sql_auth_credential){.person = person}, &row));
    if (!row.is_active || !row.is_second_on)
        return OK;
    TRY(auth_unseal(ctx, row.second_secret, &secret));
    if (totp_check(secret, code, ctx->now, row.second_step, &step) != OK)
        return OK;
    TRY(sql_auth_set_step(ctx->db, (struct sql_auth_set_step){.person = person, .step = step}));
    *ret_is_right = db_changes(ctx->db) == 1;
    return OK;
}

static enum status use_recovery(struct ctx *ctx, int64_t person, struct str code, bool *ret_is_right)
{
    struct str bytes, hash;
    *ret_is_right = false;
    if (auth_read_groups(ctx->arena, code, AUTH_RECOVERY_BYTES, &bytes) != OK)
        return OK;
    TRY(auth_hash(ctx, AUTH_RECOVERY, bytes, &hash));
    TRY(sql_auth_recovery_use(
        ctx->db, (struct sql_auth_recovery_use){.hash = hash, .person = person, .now_ms = ctx->now.ms}));
    *ret_is_right = db_changes(ctx->db) == 1;
    return OK;
}

static enum status refuse_second(struct ctx *ctx, struct str key, struct auth_answer *ret_answer)
{
    int64_t failures;
    TRY(auth_failed(ctx, key, &failures));
    *ret_answer = (struct auth_answer){.outcome = AUTH_REFUSED, .delay_ms = auth_delay(failures)};
    return OK;
}

enum status auth_login_second(struct ctx *ctx, int64_t session, const struct auth_try *try, struct str code,
                              struct auth_answer *ret_answer)
{
    struct sql_auth_session_get_row waiting;
    int64_t failures;
    bool is_right;
    enum status found = sql_auth_session_get(ctx->db, ctx->arena, (struct sql_auth_session_get){.id = session},
                                             &waiting);
    if (found != OK && found != NOT_FOUND)
        return found;
    if (found == NOT_FOUND || waiting.kind != SESSION_PENDING || waiting.ended_ms != 0 ||
        waiting.expires_ms <= ctx->now.ms)
        return GONE;
    struct str key = str_format(ctx->arena, "s:%lld", (long long)waiting.person);
    TRY(auth_failures(ctx, key, &failures));
    if (failures >= AUTH_SECOND_FAILURES_MAX) {
        *ret_answer = (struct auth_answer){.outcome = AUTH_TOO_MANY, .delay_ms = AUTH_DELAY_MAX_MS};
        return OK;
    }
    TRY(use_code(ctx, waiting.person, code, &is_right));
    if (!is_right)
        TRY(use_recovery(ctx, waiting.person, code, &is_right));
    if (!is_right)
        return refuse_second(ctx, key, ret_answer);
    struct auth_answer answer = {.person = waiting.person};
    TRY(auth_session_end(ctx, waiting.person, session));
    TRY(web_session(ctx, try, SESSION_WEB, &answer));
    return allow(ctx, try, answer, ret_answer);
}

/* ---- the password asked for again ---- */

static struct str again_key(struct ctx *ctx, int64_t person)
{
    return str_format(ctx->arena, "p:%lld", (long long)person);
}

enum status auth_again_allowed(struct ctx *ctx, int64_t person, bool *ret_may)
{
    int64_t failures;
    TRY(auth_failures(ctx, again_key(ctx, person), &failures));
    *ret_may = failures < AUTH_SECOND_FAILURES_MAX;
    return OK;
}

enum status auth_again_failed(struct ctx *ctx, int64_t person, int64_t *ret_delay_ms)
{
    int64_t failures;
    TRY(auth_failed(ctx, again_key(ctx, person), &failures));
    *ret_delay_ms = auth_delay(failures);
    return OK;
}

enum status auth_mandate_put(struct ctx *ctx, int64_t id, struct str operator_address, struct instant ends)
{
    TRY(sql_auth_mandate_put(
        ctx->db, (struct sql_auth_mandate_put){.id = id, .operator = operator_address, .ends_ms = ends.ms}));
    if (ends.ms > ctx->now.ms)
        return OK;
    return sql_auth_session_end_mandate(ctx->db,
                                        (struct sql_auth_session_end_mandate){.mandate = id, .now_ms = ctx->now.ms});
}

enum status auth_login_mandate(struct ctx *ctx, const struct auth_try *try, struct auth_answer *ret_answer)
{
    struct sql_auth_mandate_of_row *rows;
    size_t count;
    struct str address = str_lower(ctx->arena, try->address);
    struct sql_auth_mandate_of in = {.operator = address, .now_ms = ctx->now.ms};
    TRY(sql_auth_mandate_of(ctx->db, ctx->arena, in, &rows, &count));
    if (count == 0)
        return DENIED;
    struct auth_answer answer = {.outcome = AUTH_ALLOWED};
    int64_t life_ms = ctx->now.ms + AUTH_SESSION_LIFE_MS;
    TRY(auth_session_make(
        ctx,
        &(struct auth_new_session){.kind = SESSION_WEB,
                                   .mandate = rows[0].id,
                                   .label = try->device,
                                   .remote = try->remote,
                                   .address = address,
                                   .expires_ms = rows[0].ends_ms < life_ms ? rows[0].ends_ms : life_ms},
        &answer.session, &answer.token));
    *ret_answer = answer;
    return OK;
}
