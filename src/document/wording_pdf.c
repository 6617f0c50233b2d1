#include "document/wording_kind.h"

#include "base/utf8.h"
#include "document/pdf_library.h"
#include "document/wording_lines.h"

enum { INFO_MAX = 2000, PAGE_NUMBER_MAX = 4 };

struct reading {
    fz_context *library;
    fz_stream *stream;
    pdf_document *document;
    struct wording_lines lines;
    enum status status;
};

/* ---- words ---- */

static void add_line(struct buf *words, const fz_stext_line *line)
{
    for (const fz_stext_char *at = line->first_char; at != NULL; at = at->next)
        utf8_add(words, (uint32_t)at->c);
    buf_add_byte(words, ' ');
}

/* The number of a page says nothing where it stands in a text. */
static bool is_page_number(struct str words)
{
    int64_t number;
    return words.len <= PAGE_NUMBER_MAX && str_to_i64(words, &number) == OK;
}

/* Without the mark that begins an item; absent when none does. */
static struct str item_of(struct str words)
{
    static const char *const marks[] = {"\xE2\x80\xA2 ", "\xE2\x96\xAA ", "\xE2\x97\xA6 ", "\xE2\x80\x93 ", "- "};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (str_starts(words, str_of(marks[i])))
            return str_after(words, strlen(marks[i]));
    return STR_NONE;
}

static void end_words(struct wording_lines *lines, struct buf *so_far)
{
    struct str words = str_trim(buf_str(so_far)), item = item_of(words);
    lines->text->is_over |= so_far->is_over;
    if (!is_page_number(words)) {
        wording_paragraph_begin(lines);
        wording_words(lines, str_is_absent(item) ? words : item);
        wording_paragraph_end(lines, str_is_absent(item) ? WORDING_PARAGRAPH : WORDING_ITEM);
    }
    buf_clear(so_far);
}

static bool is_small_letter(uint32_t point)
{
    return (point >= 'a' && point <= 'z') || (point >= 0xDF && point <= 0xFF && point != 0xF7) || point == 0x153;
}

static bool is_capital(uint32_t point)
{
    return (point >= 'A' && point <= 'Z') || (point >= 0xC0 && point <= 0xDE && point != 0xD7) || point == 0x152;
}

/* A word that was parted at the end of a line is one again: a letter, a hyphen, and a small letter on the next line;
 * before a capital ("Saint-Denis") the hyphen stays. (The library's own FZ_STEXT_DEHYPHENATE forgets to free the text
 * it last saw.) */
static void join_parted(struct buf *so_far, struct str next)
{
    struct str words = buf_str(so_far);
    if (next.len == 0 || !str_ends(words, STR("- ")) || words.len < 3 || words.at[words.len - 3] == ' ')
        return;
    uint32_t first = utf8_next(&next);
    so_far->len -= is_small_letter(first) ? 2 : is_capital(first);
}

/* A block is a paragraph, or items one below the other. */
static void add_block(struct wording_lines *lines, const fz_stext_block *block)
{
    struct buf all BUF_SCOPE = BUF_INIT(WORDING_TEXT_MAX), one BUF_SCOPE = BUF_INIT(WORDING_TEXT_MAX);
    for (const fz_stext_line *line = block->u.t.first_line; line != NULL; line = line->next) {
        buf_clear(&one);
        add_line(&one, line);
        if (!str_is_absent(item_of(buf_str(&one))))
            end_words(lines, &all);
        join_parted(&all, buf_str(&one));
        buf_add(&all, buf_str(&one));
        all.is_over |= one.is_over;
    }
    end_words(lines, &all);
}

static void add_page(struct wording_lines *lines, const fz_stext_page *page)
{
    for (const fz_stext_block *block = page->first_block; block != NULL; block = block->next)
        if (block->type == FZ_STEXT_BLOCK_TEXT)
            add_block(lines, block);
}

/* The contents alone: no remark, no field of a form. The library mends what it can; where it gives a page up, the
 * document is refused, since a text without that page would say something else. */
static void read_page(struct reading *reading, int number)
{
    fz_context *library = reading->library;
    fz_page *page = NULL;
    fz_stext_page *text = NULL;
    fz_device *device = NULL;
    fz_var(page);
    fz_var(text);
    fz_var(device);
    fz_try(library)
    {
        page = fz_load_page(library, &reading->document->super, number);
        text = fz_new_stext_page(library, fz_bound_page(library, page));
        device = fz_new_stext_device(library, text, NULL);
        fz_run_page_contents(library, page, device, fz_identity, NULL);
        fz_close_device(library, device);
        add_page(&reading->lines, text);
    }
    fz_always(library)
    {
        fz_drop_device(library, device);
        fz_drop_stext_page(library, text);
        fz_drop_page(library, page);
    }
    fz_catch(library)
    {
        reading->status = pdf_library_status(library);
    }
}

static void read_pages(struct reading *reading)
{
    int count = pdf_count_pages(reading->library, reading->document);
    if (count > WORDING_PAGES_MAX)
        reading->status = LIMIT;
    for (int i = 0; i < count && reading->status == OK; i++) {
        read_page(reading, i);
        if (reading->status == OK)
            reading->status = wording_lines_status(&reading->lines);
    }
}

static void read_title(struct reading *reading, struct buf *title)
{
    char info[INFO_MAX] = "";
    if (fz_lookup_metadata(reading->library, &reading->document->super, FZ_META_INFO_TITLE, info, sizeof info) <= 0)
        return;
    struct buf clean BUF_SCOPE = BUF_INIT(INFO_MAX);
    wording_clean(&clean, str_of(info));
    buf_add(title, utf8_prefix(buf_str(&clean), title->max));
}

static void read_document(struct reading *reading, struct str bytes, struct buf *title)
{
    fz_context *library = reading->library;
    fz_try(library)
    {
        reading->status = pdf_library_document(library, bytes, &reading->stream, &reading->document);
        if (reading->status == OK)
            read_pages(reading);
        if (reading->status == OK)
            read_title(reading, title);
    }
    fz_always(library)
    {
        pdf_drop_document(library, reading->document);
        fz_drop_stream(library, reading->stream);
    }
    fz_catch(library)
    {
        if (reading->status == OK)
            reading->status = pdf_library_status(library);
    }
}

enum status wording_pdf(struct str document, struct buf *text, struct buf *title)
{
    struct reading reading = {.status = OK};
    struct pdf_library library = {.used = 0};
    wording_fonts_take();
    TRY(pdf_library_open(&library));
    reading.library = library.context;
    wording_lines_init(&reading.lines, text);
    read_document(&reading, document, title);
    wording_lines_finish(&reading.lines);
    pdf_library_close(&library);
    return reading.status;
}
