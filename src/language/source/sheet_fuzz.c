#include "language/json.h"
#include "language/source/quote.h"
#include "language/source/refusal.h"
#include "language/source/sheet.h"
#include "language/stem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Blocks lie within the text, one behind the other, each ended by a line. */
static void check(const struct source *source)
{
    size_t at = 0;
    for (size_t i = 0; i < source->block_count; i++) {
        REQUIRE(source->blocks[i].from == at && source->blocks[i].len > 0);
        at += source->blocks[i].len;
        REQUIRE(at < source->text.len && source->text.at[at] == '\n');
        at++;
    }
    REQUIRE(at == source->text.len);
}

static void ask(struct arena *arena, const struct library *library, struct str text)
{
    struct stemmer *stemmer = stemmer_create();
    struct question question;
    struct search search = {library, &search_defaults, LIBRARY_NONE};
    struct search_result results[3];
    struct quote quotes[QUOTES_MAX];
    size_t count, quote_count;
    if (question_read(arena, library, stemmer, text, &question) == OK &&
        search_run(arena, &search, &question, results, 3, &count) == OK && count > 0) {
        (void)refusal_of(&refusal_weights, &question, results, count);
        REQUIRE(quote_find(arena, library, &question, results[0].source, quotes, &quote_count) == OK);
        struct source source = library_source(library, results[0].source);
        for (size_t i = 0; i < quote_count; i++)
            REQUIRE(quotes[i].text.at == source.text.at + quotes[i].offset &&
                    quotes[i].offset + quotes[i].text.len <= source.text.len);
    }
    stemmer_destroy(stemmer);
}

/* A sheet, then a question: the bytes behind the first line. Plain text is read where it is no sheet. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(32 << 20);
    struct str rest = {(const char *)data, size}, text = str_cut(&rest, 1), raw;
    struct source source = {.id = STR("x"), .title = STR("un titre"), .theme = STR("")};
    struct buf image BUF_SCOPE = BUF_INIT(64 << 20);
    struct library library;
    struct json json = json_of(text);
    for (enum json_kind kind = JSON_OBJECT; kind != JSON_END && kind != JSON_WRONG;)
        kind = json_next(&json, &raw);
    if (sheet_read(arena, text, &source) != OK && source_of_text(arena, text, &source) != OK)
        return 0;
    check(&source);
    struct library_builder *builder = library_builder_create();
    REQUIRE(library_builder_add(builder, &source) == OK && library_builder_end(builder, &image) == OK);
    library_builder_destroy(builder);
    REQUIRE(library_open(buf_str(&image), &library) == OK);
    ask(arena, &library, str_is_absent(rest) ? STR("un titre") : str_slice(rest, 0, 500));
    return 0;
}
