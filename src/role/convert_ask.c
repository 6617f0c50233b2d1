#include "role/convert_ask.h"

#include <unistd.h>

#include "os/file.h"
#include "os/process.h"
#include "role/convert_role.h"
#include "role/convert_sheets.h"
#include "role/house.h"
#include "role/prologue.h"

struct asking {
    struct loop *loop;
    struct channel *channel;
    struct buf *line;
    enum conversion_kind kind;
    pid_t pid;
    enum status status;
    bool has_answer;
};

static bool is_archive(const struct asking *asking)
{
    return asking->kind == CONVERSION_SHEETS;
}

static void write_line(struct asking *asking, const struct conversion *conversion)
{
    shape_json(asking->line, &conversion_shape, conversion);
    asking->has_answer = true;
    loop_stop(asking->loop);
}

/* Lines of sheets are JSON already, and follow as they are. */
static void write_answer(struct asking *asking, const struct message_converted *answer, struct str words)
{
    struct conversion conversion = {.end = answer->end, .title = answer->title, .words = words};
    if (!is_archive(asking)) {
        write_line(asking, &conversion);
        return;
    }
    conversion.words = STR("");
    write_line(asking, &conversion);
    buf_add_byte(asking->line, '\n');
    buf_add(asking->line, words);
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct asking *asking = with;
    struct message_converted answer;
    struct str words;
    size_t max = is_archive(asking) ? CONVERT_SHEETS_MAX : WORDING_TEXT_MAX;
    bool is_answer = !asking->has_answer && kind == MESSAGE_CONVERTED && message_take(kind, payload, &answer) == OK &&
                     convert_words(&answer, fd, max, &words) == OK;
    if (is_answer) {
        write_answer(asking, &answer, words);
        convert_words_end(&answer, words);
    }
    file_close(&fd);
    loop_stop(asking->loop);
}

static void stop(void *with)
{
    struct asking *asking = with;
    loop_stop(asking->loop);
}

static enum status send(struct asking *asking, struct str document)
{
    struct message_convert ask = {.size = (int64_t)document.len, .kind = asking->kind};
    int fd = -1;
    if (document.len <= WORDING_DOCUMENT_MAX)
        TRY(file_memory(document, &fd));
    return message_send(asking->channel, MESSAGE_CONVERT, &ask, fd);
}

static enum status exchange(struct asking *asking, struct str document)
{
    struct loop_timer *late = loop_timer_create(asking->loop, stop, asking);
    loop_timer_set(late, is_archive(asking) ? CONVERT_ARCHIVE_WALL_MS : CONVERT_WALL_MS);
    enum status done = send(asking, document);
    if (done == OK)
        loop_run(asking->loop, NULL, NULL);
    loop_timer_destroy(late);
    if (done == OK && !asking->has_answer)
        write_line(asking, &(struct conversion){.end = WORDING_BROKEN, .title = STR(""), .words = STR("")});
    return done;
}

/* Whom it becomes, where root types: the house may run, so its settings are read here. */
static enum status enter(const char *folder)
{
    struct config config;
    struct owner owner;
    struct str refusal;
    struct arena *arena ARENA_SCOPE = arena_create(CONFIG_FILE_MAX * 4);
    struct prologue prologue = {.role = ROLE_CONVERT, .folder = folder, .member = STR("")};
    TRY(house_config(folder, arena, &config, &refusal));
    enum status found = prologue_owner(config.values[SETTING_USER], &owner);
    if (found != OK && found != NOT_FOUND)
        return found;
    prologue.owner = found == OK ? &owner : NULL;
    return prologue_enter(&prologue);
}

static enum status start(struct asking *asking, const char *folder)
{
    int pair[2];
    TRY(channel_pair(pair));
    enum status done = process_fork("parvis-convert", &pair[1], 1, &asking->pid);
    if (done == OK && asking->pid == 0)
        _exit(enter(folder) == OK ? convert_role_run(pair[1]) : 1);
    file_close(&pair[1]);
    if (done == OK)
        done = channel_create(asking->loop, pair[0], on_frame, stop, asking, &asking->channel);
    if (done != OK)
        file_close(&pair[0]);
    return done;
}

enum status convert_ask(const char *folder, enum conversion_kind kind, struct str document, struct buf *ret_lines)
{
    struct asking asking = {.loop = loop_create(), .line = ret_lines, .kind = kind};
    if (asking.loop == NULL)
        return OUTSIDE;
    enum status done = start(&asking, folder);
    if (done == OK)
        done = exchange(&asking, document);
    channel_destroy(asking.channel);
    if (asking.pid > 1) {
        process_end(asking.pid);
        process_wait(asking.pid);
    }
    loop_destroy(asking.loop);
    return done == OK ? buf_status(ret_lines) : done;
}
