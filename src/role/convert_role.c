#include "role/convert_role.h"

#include <signal.h>

#include "base/utf8.h"
#include "core/conversion.h"
#include "document/attached.h"
#include "os/file.h"
#include "os/log.h"
#include "os/loop.h"
#include "os/process.h"
#include "role/convert_sheets.h"
#include "role/message.h"
#include "role/verb.h"

struct convert {
    struct loop *loop;
    struct channel *channel;
    bool has_answered;
};

static size_t words_max(const struct message_convert *ask)
{
    return ask->kind == CONVERSION_SHEETS ? CONVERT_SHEETS_MAX : WORDING_TEXT_MAX;
}

static enum wording_end read_kind(const struct message_convert *ask, struct str document, struct buf *words,
                                  struct buf *title)
{
    switch ((enum conversion_kind)ask->kind) {
    case CONVERSION_SHEETS:
        return convert_sheets(document, words);
    case CONVERSION_INVOICE:
        return attached_invoice(document, words, title);
    default:
        return wording_read(document, words, title);
    }
}

/* A size above the limit is refused before a byte is read: nothing is mapped. */
static enum wording_end read_document(const struct message_convert *ask, int fd, struct buf *words, struct buf *title)
{
    struct str document;
    if (ask->size < 0 || ask->size > WORDING_DOCUMENT_MAX)
        return WORDING_TOO_LARGE;
    if (fd < 0 || file_map(fd, WORDING_DOCUMENT_MAX, &document) != OK)
        return WORDING_BROKEN;
    enum wording_end end = (int64_t)document.len != ask->size ? WORDING_BROKEN
                                                              : read_kind(ask, document, words, title);
    file_unmap(document);
    return end;
}

static enum status answer(struct convert *convert, const struct message_convert *ask, int fd)
{
    struct buf words BUF_SCOPE = BUF_INIT(words_max(ask)), title BUF_SCOPE = BUF_INIT(WORDING_TITLE_MAX);
    struct message_converted converted = {.handle = ask->handle, .title = STR(""), .words = STR("")};
    int bulk = -1;
    converted.end = read_document(ask, fd, &words, &title);
    if (converted.end == WORDING_DONE) {
        TRY(verb_bulk(buf_str(&words), &converted.words, &bulk));
        converted.title = buf_str(&title);
        converted.size = (int64_t)words.len;
    }
    return message_send(convert->channel, MESSAGE_CONVERTED, &converted, bulk);
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct convert *convert = with;
    struct message_convert ask;
    enum status done = kind == MESSAGE_CONVERT && !convert->has_answered ? message_take(kind, payload, &ask) : INVALID;
    convert->has_answered = true;
    if (done == OK)
        done = answer(convert, &ask, fd);
    file_close(&fd);
    if (done == OK)
        return; /* whoever asked closes the channel once they have read */
    LOG(LOG_ERROR_LEVEL, "convert", "not_answered", LOG_TEXT("status", str_of(status_name(done))));
    loop_stop(convert->loop);
}

static void on_closed(void *with)
{
    struct convert *convert = with;
    loop_stop(convert->loop);
}

int convert_role_run(int socket)
{
    struct convert convert = {.loop = loop_create()};
    process_ignore(SIGINT);
    process_ignore(SIGPIPE);
    enum status done = channel_create(convert.loop, socket, on_frame, on_closed, &convert, &convert.channel);
    if (done == OK)
        loop_run(convert.loop, NULL, NULL);
    channel_destroy(convert.channel);
    loop_destroy(convert.loop);
    return done != OK;
}

enum status convert_words(const struct message_converted *answer, int fd, size_t max, struct str *ret_words)
{
    struct str words = answer->words;
    if (answer->end < WORDING_DONE || answer->end >= WORDING_ENDS || answer->title.len > WORDING_TITLE_MAX ||
        !utf8_is_valid(answer->title))
        return INVALID;
    if (str_is_absent(words) && (fd < 0 || file_map(fd, max, &words) != OK))
        return INVALID;
    if ((int64_t)words.len == answer->size && words.len <= max && utf8_is_valid(words)) {
        *ret_words = words;
        return OK;
    }
    convert_words_end(answer, words);
    return INVALID;
}

void convert_words_end(const struct message_converted *answer, struct str words)
{
    if (str_is_absent(answer->words))
        file_unmap(words);
}
