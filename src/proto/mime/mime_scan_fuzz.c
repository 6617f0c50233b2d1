/* Any bytes are a message: its tree keeps its invariants, and all that is written from the tree
 * agrees. */
#include "proto/mime/bodystructure.h"
#include "proto/mime/section.h"
#include "proto/mime/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A part's number leads back to the part. */
static void check_part(const struct mime *mime, const struct mime_part *part)
{
    const struct mime_part *parent = &mime->parts[part->parent];
    struct buf path BUF_SCOPE = BUF_INIT(2000);
    struct section section;
    REQUIRE(part->header_at <= part->body_at && part->body_at <= part->end);
    REQUIRE(part->end <= mime->message.len && part->depth <= MIME_DEPTH_MAX);
    REQUIRE(part == mime->parts ||
            (parent->body_at <= part->header_at && part->end <= parent->end));
    section_write_path(&path, mime, part);
    bool is_top = part == mime->parts || parent->kind == MIME_MESSAGE;
    if (is_top && part->kind == MIME_MULTIPART)
        return; /* it has no number of its own */
    REQUIRE(section_parse(buf_str(&path), &section) == OK);
    REQUIRE(section_part(mime, section.path, section.path_count) == part);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA + BODYSTRUCTURE_ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(16 << 20);
    struct str message = {(const char *)data, size};
    struct mime mime;
    struct search_text search;
    struct attachment_list attachments;
    struct str text;
    if (mime_scan(arena, message, &mime) != OK)
        return 0;
    for (uint32_t i = 0; i < mime.count; i++)
        check_part(&mime, &mime.parts[i]);
    if (bodystructure_write(&out, arena, &mime, true) == OK)
        REQUIRE(out.at[0] == '(' && out.at[out.len - 1] == ')');
    if (text_for_search(arena, &mime, 4096, &search) == OK)
        REQUIRE(search.body.len <= 4096);
    if (text_display(arena, &mime, 4096, &text) == OK)
        text_preview(arena, text);
    if (text_attachments(arena, &mime, &attachments) == OK)
        for (size_t i = 0; i < attachments.count; i++)
            REQUIRE(attachments.at[i].name.len > 0 &&
                    str_find_byte(attachments.at[i].name, '/') == SIZE_MAX);
    return 0;
}
