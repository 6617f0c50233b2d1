#include "base/base64.h"
#include "service/accounting/invoice/invoice_reading.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Its texts are looked at where they lie: they may be most of the file. */
size_t invoice_content_size(const struct xml *content)
{
    size_t letters = 0;
    for (const struct xml *child = content == NULL ? NULL : content->first; child != NULL; child = child->next)
        for (size_t i = 0; str_is_absent(child->name) && i < child->text.len; i++)
            letters += !is_blank(child->text.at[i]) && child->text.at[i] != '=';
    return letters / 4 * 3 + letters % 4 * 3 / 4;
}

void invoice_name_attachment(struct invoice_attachment *attachment)
{
    struct str name = xml_attribute(attachment->content, "filename");
    struct str mime = xml_attribute(attachment->content, "mimeCode");
    if (name.len > 0)
        attachment->name = (struct invoice_text){name, attachment->content};
    if (mime.len > 0)
        attachment->mime = (struct invoice_text){mime, attachment->content};
}

/* In lines or not. */
static void add_letters(struct buf *out, struct str text)
{
    size_t from = 0;
    for (size_t i = 0; i <= text.len; i++)
        if (i == text.len || is_blank(text.at[i])) {
            buf_add(out, str_slice(text, from, i));
            from = i + 1;
        }
}

enum status invoice_attachment_bytes(const struct invoice_attachment *attachment, struct buf *out)
{
    struct buf letters BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    if (attachment->content == NULL)
        return NOT_FOUND;
    for (const struct xml *child = attachment->content->first; child != NULL; child = child->next)
        if (str_is_absent(child->name))
            add_letters(&letters, child->text);
    TRY(buf_status(&letters));
    TRY(base64_decode(out, buf_str(&letters)));
    return buf_status(out);
}
