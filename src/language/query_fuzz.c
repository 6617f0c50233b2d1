#include "base/utf8.h"
#include "language/plain.h"
#include "language/query.h"
#include "language/stem.h"
#include "language/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct query *query, int depth)
{
    REQUIRE(depth <= 3 * QUERY_DEPTH_MAX + 3);
    REQUIRE(query->kind != QUERY_AND || query->child_count > 1);
    REQUIRE(query->kind != QUERY_OR || query->child_count > 1);
    REQUIRE(query->kind != QUERY_NOT || query->child_count == 1);
    REQUIRE((query->kind != QUERY_WORD && query->kind != QUERY_PHRASE) || query->text.len > 0);
    for (size_t i = 0; i < query->child_count; i++) {
        REQUIRE(query->children[i].kind != QUERY_ALL);
        check(&query->children[i], depth + 1);
    }
}

/* Plain text is its own plain form and has the words of the text; stems are never empty. */
static void check_text(struct str text)
{
    struct stemmer *stemmer = stemmer_create();
    struct buf plain BUF_SCOPE = BUF_INIT(3 * text.len + 16), again BUF_SCOPE = BUF_INIT(9 * text.len + 48);
    plain_write(&plain, text);
    plain_write(&again, buf_str(&plain));
    REQUIRE(buf_status(&plain) == OK && utf8_is_valid(buf_str(&plain)));
    REQUIRE(str_eq(buf_str(&plain), buf_str(&again)));
    struct str rest = buf_str(&plain), token;
    while (token_next(&rest, &token))
        REQUIRE(token.len > 0 && token.len <= TOKEN_MAX && stem_of(stemmer, token).len > 0);
    rest = text;
    while (token_next(&rest, &token))
        REQUIRE(token.len > 0 && token.len <= TOKEN_MAX);
    stemmer_destroy(stemmer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(4 << 20);
    struct query query;
    struct str text = {(const char *)data, size};
    if (query_parse(arena, text, date_of(2026, 11, 23), &query) == OK)
        check(&query, 0);
    check_text(str_slice(text, 0, 10000));
    return 0;
}
