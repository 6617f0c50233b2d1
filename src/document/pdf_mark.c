#include "document/pdf_mark.h"

#include "document/pdf_page.h"

struct pdf_mark *pdf_mark_add(struct arena *arena, struct pdf_mark *parent, const char *type, const char *attributes)
{
    struct pdf_mark *mark = arena_new(arena, struct pdf_mark);
    if (mark == NULL)
        return NULL;
    *mark = (struct pdf_mark){.type = type, .attributes = attributes, .parent = parent};
    if (parent == NULL)
        return mark;
    if (parent->last == NULL)
        parent->first = mark;
    else
        parent->last->next = mark;
    parent->last = mark;
    return mark;
}

struct pdf_piece *pdf_piece_add(struct arena *arena, struct pdf_mark *mark, struct pdf_page *page)
{
    struct pdf_piece *piece = arena_new(arena, struct pdf_piece);
    if (piece == NULL)
        return NULL;
    *piece = (struct pdf_piece){.mark = mark, .page = page, .number = page->piece_count++};
    if (page->last_piece == NULL)
        page->first_piece = piece;
    else
        page->last_piece->next_of_page = piece;
    page->last_piece = piece;
    if (mark->last_piece == NULL)
        mark->first_piece = piece;
    else
        mark->last_piece->next_of_mark = piece;
    mark->last_piece = piece;
    return piece;
}

/* The mark after this one where each stands before its children; NULL at the end. */
static struct pdf_mark *next_mark(struct pdf_mark *mark)
{
    if (mark->first != NULL)
        return mark->first;
    while (mark != NULL && mark->next == NULL)
        mark = mark->parent;
    return mark == NULL ? NULL : mark->next;
}

static void write_mark(struct pdf_objects *objects, const struct pdf_mark *mark, uint32_t tree)
{
    struct buf *out = objects->out;
    pdf_object_begin(objects, mark->object);
    buf_add_format(out, "<< /Type /StructElem /S /%s /P %u 0 R /K [", mark->type,
                   mark->parent == NULL ? tree : mark->parent->object);
    for (const struct pdf_mark *child = mark->first; child != NULL; child = child->next)
        buf_add_format(out, "%u 0 R ", child->object);
    for (const struct pdf_piece *piece = mark->first_piece; piece != NULL; piece = piece->next_of_mark)
        buf_add_format(out, "<< /Type /MCR /Pg %u 0 R /MCID %d >> ", piece->page->object, piece->number);
    buf_add_byte(out, ']');
    if (mark->attributes != NULL)
        buf_add_format(out, " /A << %s >>", mark->attributes);
    buf_add_literal(out, " >>");
    pdf_object_end(objects);
}

/* From a page and a piece's number to its mark (section 14.7.4.4). */
static void write_parents(struct pdf_objects *objects, uint32_t number, const struct pdf_page *pages)
{
    int index = 0;
    pdf_object_begin(objects, number);
    buf_add_literal(objects->out, "<< /Nums [");
    for (const struct pdf_page *page = pages; page != NULL; page = page->next) {
        buf_add_format(objects->out, "%d [", index++);
        for (const struct pdf_piece *piece = page->first_piece; piece != NULL; piece = piece->next_of_page)
            buf_add_format(objects->out, "%u 0 R ", piece->mark->object);
        buf_add_literal(objects->out, "]\n");
    }
    buf_add_literal(objects->out, "] >>");
    pdf_object_end(objects);
}

enum status pdf_marks_write(struct pdf_objects *objects, struct pdf_mark *root, struct pdf_page *pages,
                            uint32_t *ret_tree)
{
    uint32_t tree, parents, count = 0;
    REQUIRE(root != NULL);
    TRY(pdf_object_reserve(objects, &tree));
    TRY(pdf_object_reserve(objects, &parents));
    for (struct pdf_mark *mark = root; mark != NULL; mark = next_mark(mark))
        TRY(pdf_object_reserve(objects, &mark->object));
    for (const struct pdf_page *page = pages; page != NULL; page = page->next)
        count++;
    pdf_object_begin(objects, tree);
    buf_add_format(objects->out, "<< /Type /StructTreeRoot /K [%u 0 R] /ParentTree %u 0 R /ParentTreeNextKey %u >>",
                   root->object, parents, count);
    pdf_object_end(objects);
    write_parents(objects, parents, pages);
    for (struct pdf_mark *mark = root; mark != NULL; mark = next_mark(mark))
        write_mark(objects, mark, tree);
    *ret_tree = tree;
    return buf_status(objects->out);
}
