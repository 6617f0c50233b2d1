#include "role/front_login.h"

#include "base/utf8.h"
#include "os/clock.h"
#include "role/message.h"

void front_login_finish(struct front_login *login)
{
    front_drop(&login->ticket);
}

static enum status send_to_auth(struct connection *connection, enum message_kind kind, const void *message)
{
    struct channel *channel = front_channel(connection->front, FRONT_AUTH);
    if (channel == NULL || message_send(channel, kind, message, -1) != OK)
        return BUSY;
    connection->waiting = 1;
    return OK;
}

/* A literal may hold any bytes (RFC 9051 section 4.3); those that are no text are nobody's name or password, and
 * refused as a wrong one. */
static struct str text_of(struct str said)
{
    return utf8_is_valid(said) ? said : STR("");
}

/* A name of no member is asked about too: auth refuses it after the time a wrong password takes. */
enum status front_login_ask(struct connection *connection, struct front_login *login, const struct front_login_try *try)
{
    int town = front_town_of(connection->front, try->name);
    struct message_login ask = {.handle = front_handle(connection),
                                .member = town >= 0 ? connection->front->peers[town]->member : 0,
                                .address = text_of(try->name),
                                .password = text_of(try->password),
                                .second = STR(""),
                                .remote = str_of(connection->remote),
                                .door = str_of(try->door),
                                .device = str_of(try->door),
                                .is_secure = connection->tls != NULL};
    login->town = town;
    return send_to_auth(connection, MESSAGE_LOGIN, &ask);
}

enum status front_login_answer(struct front_login *login, struct str payload)
{
    struct message_login_answer answer;
    if (message_take(MESSAGE_LOGIN_ANSWER, payload, &answer) != OK)
        return BUSY;
    if (answer.status == OK && answer.ticket.len > 0) {
        front_drop(&login->ticket);
        login->ticket = front_keep(answer.ticket);
        login->expires_ms = answer.expires_ms;
        return OK;
    }
    if (answer.status == BUSY || answer.status == OK)
        return BUSY;
    if (str_eq(answer.code, STR("mail.closed")))
        return NOT_FOUND;
    return answer.status == GONE ? GONE : DENIED;
}

bool front_login_is_old(const struct front_login *login)
{
    return clock_now().ms > login->expires_ms - FRONT_RENEW_MS;
}

enum status front_login_renew(struct connection *connection, struct front_login *login)
{
    struct message_renew ask = {.handle = front_handle(connection),
                                .member = connection->front->peers[login->town]->member,
                                .ticket = login->ticket};
    return send_to_auth(connection, MESSAGE_RENEW, &ask);
}

/* ---- SASL ---- */

void front_sasl_finish(struct front_sasl *sasl)
{
    front_drop(&sasl->name);
    sasl->mechanism = SASL_UNKNOWN;
}

static enum status take_plain(struct arena *arena, struct str text, struct front_credentials *ret_credentials)
{
    struct sasl_plain plain;
    TRY(sasl_plain_decode(arena, text, &plain));
    /* Nobody acts for somebody else by naming them here: what one may do for others is the town's to say. */
    if (!str_is_absent(plain.authorize) && !str_eq_nocase(plain.authorize, plain.name))
        return INVALID;
    *ret_credentials = (struct front_credentials){plain.name, plain.password};
    return OK;
}

/* The first answer is the name, the second the password; "VXNlcm5hbWU6" is "Username:", "UGFzc3dvcmQ6" "Password:". */
static enum status take_login(struct front_sasl *sasl, struct arena *arena, struct str text,
                              struct front_credentials *ret_credentials, struct str *ret_prompt)
{
    struct str answer;
    TRY(sasl_login_decode(arena, text, &answer));
    if (sasl->name.at == NULL) {
        sasl->name = front_keep(answer);
        *ret_prompt = STR("UGFzc3dvcmQ6");
        return BUSY;
    }
    *ret_credentials = (struct front_credentials){str_copy(arena, sasl->name), answer};
    return OK;
}

static enum status take(struct front_sasl *sasl, struct arena *arena, struct str text,
                        struct front_credentials *ret_credentials, struct str *ret_prompt)
{
    enum status done = sasl->mechanism == SASL_PLAIN
                           ? take_plain(arena, text, ret_credentials)
                           : take_login(sasl, arena, text, ret_credentials, ret_prompt);
    if (done != BUSY)
        front_sasl_finish(sasl);
    return done == LIMIT ? INVALID : done;
}

enum status front_sasl_start(struct front_sasl *sasl, struct arena *arena, struct str mechanism, struct str response,
                             struct front_credentials *ret_credentials, struct str *ret_prompt)
{
    front_sasl_finish(sasl);
    sasl->mechanism = sasl_mechanism_of(mechanism);
    if (sasl->mechanism == SASL_UNKNOWN)
        return NOT_FOUND;
    if (response.len > 0)
        return take(sasl, arena, response, ret_credentials, ret_prompt);
    *ret_prompt = sasl->mechanism == SASL_PLAIN ? STR("") : STR("VXNlcm5hbWU6");
    return BUSY;
}

enum status front_sasl_next(struct front_sasl *sasl, struct arena *arena, struct str line,
                            struct front_credentials *ret_credentials, struct str *ret_prompt)
{
    if (!str_eq(line, STR("*")))
        return take(sasl, arena, line, ret_credentials, ret_prompt);
    front_sasl_finish(sasl);
    return GONE;
}
