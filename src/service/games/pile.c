#include "service/games/pile.h"

#include "language/source/sentence.h"

enum { WINDOW = 32 << 10, PASSAGES_MAX = 400, PASSAGE_MIN = 50, PASSAGE_MAX = 300, READS_MAX = 20 };

static size_t add_passages(struct str line, int64_t number, struct pile_passage *passages, size_t count)
{
    struct str rest = line, sentence;
    bool is_heading = document_heading(rest) > 0;
    rest = str_starts(rest, STR("- ")) ? str_after(rest, 2) : rest;
    while (!is_heading && count < PASSAGES_MAX && sentence_next(&rest, &sentence))
        if (sentence.len >= PASSAGE_MIN && sentence.len <= PASSAGE_MAX && str_ends(sentence, STR(".")))
            passages[count++] = (struct pile_passage){sentence, number};
    return count;
}

/* Of the lines from the one that has the byte `from` on, as many as the window holds. */
static void find_passages(struct arena *arena, struct str words, size_t from, struct pile_document *drawn)
{
    size_t at = 0;
    for (int64_t number = 0; at < words.len && at < from + WINDOW && drawn->count < PASSAGES_MAX;) {
        struct str rest = str_after(words, at);
        size_t len = str_find_byte(rest, '\n');
        struct str line = str_slice(rest, 0, len == SIZE_MAX ? rest.len : len);
        at += line.len + 1;
        struct str shown = str_trim(line);
        if (shown.len > 0 && at > from)
            drawn->count = add_passages(str_copy(arena, str_slice(shown, 0, WINDOW)), number, drawn->passages,
                                        drawn->count);
        number += shown.len > 0;
    }
}

static bool is_drawn(const struct pile *pile, int64_t id)
{
    for (size_t i = 0; i < pile->count; i++)
        if (pile->documents[i].document.id == id)
            return true;
    return false;
}

static enum status read_passages(struct pile *pile, struct pile_document *drawn)
{
    struct arena *arena = pile->reading.arena;
    struct buf part = {.at = pile->search.scratch, .room = PILE_READ, .max = PILE_READ};
    TRY(document_read_part(&pile->reading, drawn->document.id, 0, PILE_READ, &part));
    struct str words = buf_str(&part);
    drawn->count = 0;
    drawn->passages = arena_array(arena, struct pile_passage, PASSAGES_MAX);
    if (drawn->passages == NULL)
        return LIMIT;
    find_passages(arena, words, words.len > WINDOW ? seeded_below(&pile->seeded, words.len - WINDOW) : 0, drawn);
    if (drawn->count == 0)
        find_passages(arena, words, 0, drawn);
    return OK;
}

/* Of the documents that may be quoted, the next after a number; kept, where it is new and has passages. */
static enum status read_document(struct pile *pile, int64_t after)
{
    struct pile_document *drawn = &pile->documents[pile->count];
    enum status done = document_next_head(&pile->reading, DOCUMENT_PUBLIC, after, &drawn->document);
    if (done == NOT_FOUND)
        done = document_next_head(&pile->reading, DOCUMENT_PUBLIC, 0, &drawn->document);
    TRY(done);
    if (is_drawn(pile, drawn->document.id))
        return OK;
    TRY(read_passages(pile, drawn));
    pile->count += drawn->count > 0;
    return OK;
}

/* From all parts of the library; ids are given one after the other and never taken back. */
enum status pile_read(struct pile *pile, int64_t ids)
{
    int64_t stride = ids > PILE_DOCUMENTS_MAX ? ids / PILE_DOCUMENTS_MAX : 1;
    int64_t start = (int64_t)seeded_below(&pile->seeded, (uint64_t)ids);
    pile->search.scratch = arena_array(pile->reading.arena, char, DOCUMENT_SCRATCH);
    if (pile->search.scratch == NULL)
        return LIMIT;
    for (int tries = 0; tries < READS_MAX && tries < ids && pile->count < PILE_DOCUMENTS_MAX; tries++) {
        int64_t more = (int64_t)seeded_below(&pile->seeded, (uint64_t)stride);
        TRY(read_document(pile, (start + tries * stride + more) % ids));
    }
    return pile->count > 0 ? OK : NOT_FOUND;
}

const struct pile_document *pile_draw(struct pile *pile)
{
    return &pile->documents[seeded_below(&pile->seeded, pile->count)];
}

const struct pile_passage *pile_passage(struct pile *pile, const struct pile_document *drawn)
{
    return &drawn->passages[seeded_below(&pile->seeded, drawn->count)];
}

enum status pile_holds(struct pile *pile, const struct pile_document *drawn, struct str text, bool *ret_holds)
{
    if (pile->search.bytes >= PILE_SEARCHED)
        return BUSY;
    return document_holds(&pile->reading, &drawn->document, text, &pile->search, ret_holds);
}
