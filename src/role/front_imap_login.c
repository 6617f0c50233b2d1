/* IMAP before the login (RFC 9051 section 6.2): CAPABILITY, ID, STARTTLS, LOGIN, AUTHENTICATE. */
#include "proto/imap/imap_command.h"
#include "role/front_imap.h"
#include "role/message.h"

enum { SASL_ARENA = 8 << 10 };

/* A password in clear never leaves the machine. */
static bool may_sign_in(const struct connection *connection)
{
    return connection->tls != NULL || socket_is_loopback(str_of(connection->remote));
}

static void ask(struct connection *connection, const struct front_credentials *credentials)
{
    struct imap *imap = connection->state;
    struct front_login_try try = {"imap", credentials->name, credentials->password};
    if (front_login_ask(connection, &imap->login, &try) == OK)
        imap->asks = IMAP_ASKS_LOGIN;
    else
        imap_say(connection, imap->tag, "NO [UNAVAILABLE] Not now, try again");
}

static void do_login(struct connection *connection, const struct imap_command *command)
{
    struct front_credentials credentials;
    if (command->count != 2 || imap_arg_astring(&command->args[0], &credentials.name) != OK ||
        imap_arg_astring(&command->args[1], &credentials.password) != OK)
        imap_bad(connection, command->tag, "LOGIN takes a name and a password");
    else if (!may_sign_in(connection))
        imap_say(connection, command->tag, "NO [PRIVACYREQUIRED] Only over TLS: STARTTLS first");
    else
        ask(connection, &credentials);
}

static void go_on(struct connection *connection, enum status done, const struct front_credentials *credentials,
                  struct str prompt)
{
    struct imap *imap = connection->state;
    switch (done) {
    case OK:
        ask(connection, credentials);
        break;
    case BUSY:
        buf_add_format(&connection->output, "+ %.*s\r\n", STR_ARG(prompt));
        break;
    case NOT_FOUND:
        imap_say(connection, imap->tag, "NO No such mechanism");
        break;
    case GONE:
        imap_say(connection, imap->tag, "BAD Given up");
        break;
    default:
        imap_bad(connection, imap->tag, "Cannot be decoded");
    }
}

static void do_authenticate(struct connection *connection, const struct imap_command *command)
{
    struct imap *imap = connection->state;
    struct arena *arena ARENA_SCOPE = arena_create(SASL_ARENA);
    struct front_credentials credentials = {0};
    struct str mechanism, response = STR_NONE, prompt = STR("");
    bool is_read = command->count >= 1 && command->count <= 2 && imap_arg_atom(&command->args[0], &mechanism) == OK;
    if (is_read && command->count == 2)
        is_read = imap_arg_astring(&command->args[1], &response) == OK;
    if (!is_read) {
        imap_bad(connection, command->tag, "AUTHENTICATE takes a mechanism");
    } else if (!may_sign_in(connection)) {
        imap_say(connection, command->tag, "NO [PRIVACYREQUIRED] Only over TLS: STARTTLS first");
    } else {
        bool is_empty = str_eq(response, STR("=")); /* RFC 4959 section 3 */
        enum status done = front_sasl_start(&imap->sasl, arena, mechanism, is_empty ? STR_NONE : response,
                                            &credentials, &prompt);
        go_on(connection, done, &credentials, prompt);
    }
}

void imap_login_line(struct connection *connection, struct str line)
{
    struct imap *imap = connection->state;
    struct arena *arena ARENA_SCOPE = arena_create(SASL_ARENA);
    struct front_credentials credentials = {0};
    struct str prompt = STR("");
    enum status done = front_sasl_next(&imap->sasl, arena, line, &credentials, &prompt);
    go_on(connection, done, &credentials, prompt);
}

static void do_starttls(struct connection *connection, struct str tag)
{
    if (connection->front->tls == NULL || connection->tls != NULL) {
        imap_bad(connection, tag, "TLS is not to be had here");
        return;
    }
    imap_say(connection, tag, "OK Begin TLS now");
    front_turn_to_tls(connection);
}

static void do_id(struct connection *connection, struct str tag)
{
    front_say(connection, STR("* ID (\"name\" \"parvis\")\r\n"));
    imap_say(connection, tag, "OK ID done");
}

void imap_login_command(struct connection *connection, const struct imap_command *command)
{
    bool is_bare = command->count == 0;
    if (command->is_uid)
        imap_bad(connection, command->tag, "Sign in first");
    else if (str_eq_nocase(command->name, STR("LOGIN")))
        do_login(connection, command);
    else if (str_eq_nocase(command->name, STR("AUTHENTICATE")))
        do_authenticate(connection, command);
    else if (str_eq_nocase(command->name, STR("STARTTLS")) && is_bare)
        do_starttls(connection, command->tag);
    else if (str_eq_nocase(command->name, STR("ID")) && command->count == 1)
        do_id(connection, command->tag);
    else if (str_eq_nocase(command->name, STR("NOOP")) && is_bare)
        imap_say(connection, command->tag, "OK Nothing done");
    else
        imap_bad(connection, command->tag, "Unknown, or not before the login");
}

/* ---- auth's answer ---- */

static void open_session(struct connection *connection)
{
    struct imap *imap = connection->state;
    struct channel *channel = front_channel(connection->front, imap->login.town);
    struct message_imap_open open = {.handle = front_handle(connection), .ticket = imap->login.ticket};
    if (channel == NULL || message_send(channel, MESSAGE_IMAP_OPEN, &open, -1) != OK) {
        imap_say(connection, imap->tag, "NO [UNAVAILABLE] Not now, try again");
        front_login_finish(&imap->login);
        return;
    }
    imap->is_open = true;
    imap->reader = imap_reader_of(&connection->front->imap_limits);
    front_patience(connection, IMAP_IDLE_MS);
    buf_add_format(&connection->output, "%.*s OK [CAPABILITY ", STR_ARG(imap->tag));
    imap_say_capability(connection);
    front_say(connection, STR("] Signed in\r\n"));
}

void imap_login_answer(struct connection *connection, struct str payload)
{
    struct imap *imap = connection->state;
    enum status done = front_login_answer(&imap->login, payload);
    if (done == OK) {
        open_session(connection);
    } else if (done == BUSY) {
        imap_say(connection, imap->tag, "NO [UNAVAILABLE] Not now, try again");
    } else if (done == NOT_FOUND) { /* RFC 5530 section 3 */
        imap_say(connection, imap->tag,
                 "NO [AUTHORIZATIONFAILED] This town has no mail service now; what was there is kept");
    } else {
        imap_say(connection, imap->tag, "NO [AUTHENTICATIONFAILED] Name or password is wrong");
        connection->is_closing = ++imap->login.failures >= FRONT_LOGIN_FAILURES_MAX;
        if (connection->is_closing)
            imap_say(connection, STR("*"), "BYE Too many failures");
    }
}

void imap_login_lost(struct connection *connection)
{
    const struct imap *imap = connection->state;
    imap_say(connection, imap->tag, "NO [UNAVAILABLE] Not now, try again");
}
