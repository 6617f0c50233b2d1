/* Proof of a domain for who issues certificates: DIR/acme/.well-known/acme-challenge/TOKEN, as certbot and others
 * write it (--webroot -w DIR/acme). */
#include "os/file.h"
#include "role/parent_state.h"

enum { TOKEN_MAX = 128, TEXT_MAX = 4096, PATH_ARENA = 16 << 10 };

/* The alphabet of base64url (RFC 8555 section 8.3): no dot, no slash, so no other file can be meant. */
static bool is_token(struct str token)
{
    for (size_t i = 0; i < token.len; i++) {
        char c = token.at[i];
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '-' && c != '_')
            return false;
    }
    return token.len > 0 && token.len <= TOKEN_MAX;
}

static enum status read_token(const struct parent *parent, struct str token, struct buf *text)
{
    struct arena *arena ARENA_SCOPE = arena_create(PATH_ARENA);
    struct str folder = parent->house.config.values[SETTING_ACME_FOLDER];
    bool is_absolute = str_starts(folder, STR("/"));
    struct str path = str_format(arena, "%s%s%.*s/.well-known/acme-challenge/%.*s",
                                 is_absolute ? "" : parent->house.folder, is_absolute ? "" : "/", STR_ARG(folder),
                                 STR_ARG(token));
    if (str_is_absent(path))
        return LIMIT;
    return is_token(token) ? file_read_all(path.at, text) : NOT_FOUND;
}

void parent_challenge(struct parent_child *front, struct str payload)
{
    struct message_challenge ask;
    struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
    if (message_take(MESSAGE_CHALLENGE, payload, &ask) != OK)
        return;
    enum status done = read_token(front->parent, ask.token, &text);
    struct message_challenge_answer answer = {
        .handle = ask.handle, .status = done, .text = done == OK ? buf_str(&text) : STR("")};
    if (message_send(front->channel, MESSAGE_CHALLENGE_ANSWER, &answer, -1) != OK)
        return; /* front has gone, and who asked with it */
}
