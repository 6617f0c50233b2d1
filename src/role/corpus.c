#include "role/corpus.h"

#include "base/seeded.h"
#include "language/plain.h"
#include "language/json.h"
#include "language/source/sheet.h"
#include "language/source/words.h"
#include "language/token.h"
#include "os/file.h"

enum { SHEET_ARENA = 64 << 20, NAMES_ARENA = 64 << 20, IMAGE_MAX = 1 << 30 };

struct reading {
    struct library_builder *builder;
    struct arena *arena; /* of one sheet */
    enum corpus_titles titles;
    struct seeded seeded;
    size_t count;
};

static struct str thinned(struct reading *reading, struct str title)
{
    struct buf kept BUF_SCOPE = BUF_INIT(1 << 16), plain BUF_SCOPE = BUF_INIT(1 << 16);
    struct str rest, token;
    plain_write(&plain, title);
    rest = buf_str(&plain);
    while (token_next(&rest, &token))
        if (word_is_empty(token) || seeded_below(&reading->seeded, 2) != 0) {
            buf_add(&kept, token);
            buf_add_byte(&kept, ' ');
        }
    return str_copy(reading->arena, buf_str(&kept));
}

static enum status read_sheet(struct reading *reading, const char *path)
{
    struct str bytes;
    struct source source;
    TRY(file_map_path(path, &bytes));
    arena_reset(reading->arena);
    enum status done = bytes.len > CORPUS_FILE_MAX ? LIMIT : sheet_read(reading->arena, bytes, &source);
    file_unmap(bytes);
    if (done != OK)
        return done;
    if (reading->titles == CORPUS_TITLES_HIDDEN)
        source.title = STR("");
    if (reading->titles == CORPUS_TITLES_THINNED)
        source.title = thinned(reading, source.title);
    reading->count++;
    return library_builder_add(reading->builder, &source);
}

/* Sheets are F*.json; what else lies there leads to them. */
static enum status read_folder(struct reading *reading, const char *folder)
{
    struct arena *arena ARENA_SCOPE = arena_create(NAMES_ARENA);
    struct str *names;
    size_t count;
    enum status done = file_list(folder, arena, CORPUS_FILES_MAX, &names, &count);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    for (size_t i = 0; i < count; i++) {
        if (!str_starts(names[i], STR("F")) || !str_ends(names[i], STR(".json")))
            continue;
        struct str path = str_format(arena, "%s/%.*s", folder, STR_ARG(names[i]));
        if (str_is_absent(path))
            return LIMIT;
        done = read_sheet(reading, path.at);
        if (done != OK && done != NOT_FOUND)
            return done;
    }
    return OK;
}

static enum status read_folders(struct reading *reading, const char *folder)
{
    /* The same sheet may stand for several publics: citizens' first. */
    static const char *const within[] = {"", "/data/particuliers", "/data/professionnels", "/data/associations"};
    struct arena *arena ARENA_SCOPE = arena_create(4 * FILE_PATH_MAX);
    for (size_t i = 0; i < sizeof within / sizeof within[0]; i++) {
        struct str path = str_format(arena, "%s%s", folder, within[i]);
        if (str_is_absent(path))
            return LIMIT;
        TRY(read_folder(reading, path.at));
    }
    return reading->count > 0 ? OK : NOT_FOUND;
}

static enum status end(struct library_builder *builder, struct corpus *ret_corpus)
{
    struct corpus corpus = {.image = BUF_INIT(IMAGE_MAX)};
    enum status done = library_builder_end(builder, &corpus.image);
    if (done == OK)
        done = library_open(buf_str(&corpus.image), &corpus.library);
    if (done == OK)
        *ret_corpus = corpus;
    else
        corpus_finish(&corpus);
    return done;
}

enum status corpus_read(const char *folder, enum corpus_titles titles, struct corpus *ret_corpus)
{
    struct arena *arena ARENA_SCOPE = arena_create(SHEET_ARENA);
    struct reading reading = {.builder = library_builder_create(), .arena = arena, .titles = titles, .seeded = {11}};
    enum status done = read_folders(&reading, folder);
    if (done == OK)
        done = end(reading.builder, ret_corpus);
    library_builder_destroy(reading.builder);
    return done;
}

void corpus_finish(struct corpus *corpus)
{
    buf_finish(&corpus->image);
}

/* ---- questions ---- */

/* Which half a question belongs to: its text alone decides. */
static bool is_proving(struct str text)
{
    return (library_hash(text) >> 7 & 1) != 0;
}

static enum status add_question(struct arena *arena, struct corpus_questions *questions, struct corpus_question given)
{
    struct corpus_question *question = list_add(questions, arena, CORPUS_QUESTIONS_MAX);
    if (question == NULL)
        return LIMIT;
    *question = given;
    question->is_proving = is_proving(given.text);
    return OK;
}

enum status corpus_questions_read(struct arena *arena, struct str tsv, struct corpus_questions *ret_questions)
{
    struct corpus_questions questions = {0};
    str_cut(&tsv, '\n');
    while (!str_is_absent(tsv)) {
        struct str line = str_cut(&tsv, '\n');
        if (str_trim(line).len == 0)
            continue;
        struct str id = str_cut(&line, '\t'), text = str_is_absent(line) ? line : str_cut(&line, '\t');
        if (id.len == 0 || text.len == 0)
            return INVALID;
        struct str extract = str_trim(line);
        TRY(add_question(arena, &questions, (struct corpus_question){
            .source = id, .text = text, .extract = extract.len > 0 ? extract : STR_NONE}));
    }
    *ret_questions = questions;
    return OK;
}

/* ---- SQuAD ---- */

struct squad {
    struct arena *arena;
    struct json json;
    struct library_builder *builder;
    struct corpus_questions *questions;
    struct str context, question, id; /* of the paragraph; of the question that is being read */
    size_t paragraph;
};

static struct str unescaped(struct arena *arena, struct str raw)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(SOURCE_TEXT_MAX);
    json_unescape(&bytes, raw);
    return str_copy(arena, buf_str(&bytes));
}

static enum status add_paragraph(struct squad *squad)
{
    struct source source = {.title = STR(""), .theme = STR(""), .date = STR(""), .url = STR(""), .publisher = STR(""),
                            .licence = STR("CC BY-SA")};
    source.id = squad->id = str_format(squad->arena, "p%zu", squad->paragraph++);
    TRY(source_of_text(squad->arena, squad->context, &source));
    return library_builder_add(squad->builder, &source);
}

static enum status add_asked(struct squad *squad)
{
    struct corpus_question asked = {.source = squad->id, .text = squad->question, .extract = STR_NONE};
    return add_question(squad->arena, squad->questions, asked);
}

/* Walks over the whole file; a context stands before its questions. */
static enum status read_squad(struct squad *squad)
{
    struct str raw, key = STR("");
    size_t first = 0; /* question of the paragraph */
    for (;;) {
        enum json_kind kind = json_next(&squad->json, &raw);
        if (kind == JSON_WRONG)
            return INVALID;
        if (kind == JSON_END)
            return OK;
        if (kind == JSON_KEY)
            key = raw;
        if (kind != JSON_TEXT)
            continue;
        if (str_eq(key, STR("context"))) {
            squad->context = unescaped(squad->arena, raw);
            TRY(add_paragraph(squad));
            first = squad->questions->count;
        } else if (str_eq(key, STR("question"))) {
            squad->question = unescaped(squad->arena, raw);
            TRY(add_asked(squad));
        } else if (str_eq(key, STR("text")) && squad->questions->count > first) {
            struct corpus_question *newest = &squad->questions->at[squad->questions->count - 1];
            if (str_is_absent(newest->extract))
                newest->extract = unescaped(squad->arena, raw);
        }
    }
}

enum status corpus_squad_read(struct arena *arena, struct str json, struct corpus *ret_corpus,
                              struct corpus_questions *ret_questions)
{
    struct corpus_questions questions = {0};
    struct squad squad = {.arena = arena, .json = json_of(json), .builder = library_builder_create(),
                          .questions = &questions};
    enum status done = read_squad(&squad);
    if (done == OK)
        done = squad.paragraph > 0 ? end(squad.builder, ret_corpus) : NOT_FOUND;
    library_builder_destroy(squad.builder);
    if (done == OK)
        *ret_questions = questions;
    return done;
}
