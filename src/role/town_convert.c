/* A town and the role convert: documents that its pages were given, on their way to become text. Nothing waits for
 * one. */
#include <stdlib.h>

#include "document/wording.h"
#include "os/file.h"
#include "os/log.h"
#include "role/convert_role.h"
#include "role/town_role.h"

struct town_convert {
    struct town_convert *next;
    struct town_role *role;
    int64_t number, row, size;
    enum conversion_kind kind;
    conversion_take *take;
    int document;            /* until a convert has it; -1 then */
    struct channel *channel; /* NULL: none has come yet */
};

static void nothing_owed(struct town_role *role, void *with, enum status turn)
{
    (void)role;
    (void)with;
    (void)turn; /* the row stays as it was, and is late */
}

static void tell(struct town_role *role, int64_t row, conversion_take *take, const struct conversion *conversion)
{
    struct ctx ctx = town_ctx(role);
    ctx.actor = (struct actor){.address = STR(""), .name = STR("")};
    ctx.trace = STR("convert");
    writer_job_begin(role->town->writer);
    enum status done = writer_job_end(role->town->writer, take(&ctx, row, conversion));
    town_hold(role, nothing_owed, NULL);
    if (done != OK)
        LOG(LOG_ERROR_LEVEL, "town", "conversion_not_taken", LOG_TEXT("status", str_of(status_name(done))));
}

static void tell_end(struct town_role *role, int64_t row, conversion_take *take, enum wording_end end)
{
    tell(role, row, take, &(struct conversion){.end = end, .title = STR(""), .words = STR("")});
}

static void destroy(struct town_convert *convert)
{
    struct town_role *role = convert->role;
    for (struct town_convert **at = &role->converts; *at != NULL; at = &(*at)->next)
        if (*at == convert) {
            *at = convert->next;
            break;
        }
    role->convert_count--;
    channel_destroy(convert->channel);
    file_close(&convert->document);
    free(convert);
}

static void finish(struct town_convert *convert, enum wording_end end)
{
    struct town_role *role = convert->role;
    tell_end(role, convert->row, convert->take, end);
    destroy(convert);
    arena_reset(role->job);
}

/* It died, or was ended: an error of this document, and nothing else. */
static void on_closed(void *with)
{
    finish(with, WORDING_BROKEN);
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct town_convert *convert = with;
    struct town_role *role = convert->role;
    struct message_converted answer;
    struct str words;
    enum status done = kind == MESSAGE_CONVERTED ? message_take(kind, payload, &answer) : INVALID;
    if (done == OK)
        done = convert_words(&answer, fd, WORDING_TEXT_MAX, &words);
    if (done == OK) {
        tell(role, convert->row, convert->take,
             &(struct conversion){.end = answer.end, .title = answer.title, .words = words});
        convert_words_end(&answer, words);
        destroy(convert);
        arena_reset(role->job);
    } else {
        LOG(LOG_ERROR_LEVEL, "town", "convert_not_believed", LOG_TEXT("kind", str_of(message_name(kind))));
        finish(convert, WORDING_BROKEN);
    }
    file_close(&fd);
}

static struct town_convert *numbered(const struct town_role *role, int64_t number)
{
    for (struct town_convert *at = role->converts; at != NULL; at = at->next)
        if (at->number == number)
            return at;
    return NULL;
}

/* Only exact bytes cross: the document is copied out of the request's body. */
static enum status keep(struct town_role *role, const struct web_convert *wanted)
{
    struct message_handle want = {role->convert_number + 1};
    int document;
    if (role->convert_count >= TOWN_CONVERTS_MAX)
        return BUSY;
    TRY(file_memory(wanted->document, &document));
    if (message_send(role->parent, MESSAGE_CONVERT_WANT, &want, -1) != OK) {
        file_close(&document);
        return BUSY;
    }
    struct town_convert *convert = calloc(1, sizeof *convert);
    REQUIRE(convert != NULL);
    *convert = (struct town_convert){.next = role->converts, .role = role, .number = want.handle, .row = wanted->row,
                                     .size = (int64_t)wanted->document.len, .kind = wanted->kind,
                                     .take = wanted->take,
                                     .document = document};
    role->converts = convert;
    role->convert_count++;
    role->convert_number++;
    return OK;
}

void town_convert_begin(struct town_role *role, const struct web_convert *wanted)
{
    if (keep(role, wanted) != OK)
        tell_end(role, wanted->row, wanted->take, WORDING_BUSY);
}

enum status town_convert_open(struct town_role *role, int64_t number, int socket)
{
    struct town_convert *convert = numbered(role, number);
    if (convert == NULL || convert->channel != NULL)
        return NOT_FOUND;
    TRY(channel_create(role->loop, socket, on_frame, on_closed, convert, &convert->channel));
    struct message_convert ask = {.handle = number, .size = convert->size, .kind = convert->kind};
    enum status sent = message_send(convert->channel, MESSAGE_CONVERT, &ask, convert->document);
    convert->document = -1;
    if (sent != OK)
        finish(convert, WORDING_BROKEN);
    return OK;
}

void town_convert_refused(struct town_role *role, struct str payload)
{
    struct message_converted answer;
    struct town_convert *convert = NULL;
    if (message_take(MESSAGE_CONVERTED, payload, &answer) == OK)
        convert = numbered(role, answer.handle);
    if (convert != NULL && convert->channel == NULL)
        finish(convert, WORDING_BUSY);
}

void town_convert_close(struct town_role *role)
{
    while (role->converts != NULL)
        destroy(role->converts);
}
