#include "language/model/stream.h"

#include "language/model/dialogue.h"

enum { CORPUS_DRAWS = 6000 };

size_t stream_draw(const struct stream *stream, struct seeded *seeded, struct buf *out,
                   size_t ret_about[STREAM_ABOUT_MAX])
{
    if (stream->kind != STREAM_LINES)
        return dialogue_draw(stream->world, seeded, stream->kind == STREAM_TURNS_REFUSING, out, ret_about);
    ret_about[0] = world_draw(stream->world, seeded);
    world_line(out, &stream->world->table->communes[stream->world->communes[ret_about[0]]]);
    return 1;
}

/* Texts are shorter than STREAM_TEXT_MAX characters, so cutting them has room. */
static size_t add_text(const struct stream *stream, struct seeded *seeded, uint16_t *tokens, size_t room,
                       uint32_t *seen)
{
    char bytes[STREAM_TEXT_MAX];
    uint16_t cut[STREAM_TEXT_MAX];
    size_t about[STREAM_ABOUT_MAX], count = 0;
    struct buf text = {.at = bytes, .room = sizeof bytes, .max = sizeof bytes};
    size_t about_count = stream_draw(stream, seeded, &text, about);
    REQUIRE(pieces_cut(stream->pieces, buf_str(&text), cut, STREAM_TEXT_MAX, &count) == OK && count > 0);
    if (count <= room && seen != NULL)
        for (size_t i = 0; i < about_count; i++)
            seen[about[i]]++;
    if (count > room)
        count = room;
    memcpy(tokens, cut, count * sizeof *cut);
    return count;
}

void stream_fill(const struct stream *stream, uint64_t step, size_t sequence, uint16_t *tokens, uint32_t *seen)
{
    struct seeded mixed = {stream->seed ^ step * 0x9E3779B97F4A7C15U};
    struct seeded seeded = {seeded_next(&mixed) + sequence * 0xD1B54A32D192ED03U};
    size_t count = 0;
    tokens[count++] = pieces_find(stream->pieces, STR("\n"));
    while (count <= stream->context)
        count += add_text(stream, &seeded, tokens + count, stream->context + 1 - count, seen);
}

void stream_corpus(const struct stream *stream, struct buf *out)
{
    const struct world *world = stream->world;
    struct seeded seeded = {stream->seed};
    size_t about[STREAM_ABOUT_MAX];
    buf_add_byte(out, '\n');
    if (stream->kind != STREAM_LINES)
        dialogue_all(out);
    for (size_t i = 0; i < world->count; i++)
        world_line(out, &world->table->communes[world->communes[i]]);
    /* Any name can be asked for: the letters of all of them have pieces. */
    for (size_t i = 0; i < world->table->count; i++)
        world_line(out, &world->table->communes[i]);
    if (stream->kind != STREAM_LINES)
        for (int i = 0; i < CORPUS_DRAWS; i++)
            stream_draw(stream, &seeded, out, about);
}
