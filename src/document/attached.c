#include "document/attached.h"

#include "base/utf8.h"
#include "document/pdf_library.h"

static const char *const names[] = {"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"};

struct attached {
    fz_context *library;
    fz_stream *stream;
    pdf_document *document;
    pdf_obj *files; /* every name that the catalogue has, with its file */
    fz_buffer *bytes;
    enum status status;
};

static bool is_invoice(const char *name)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq_nocase(str_of(name), str_of(names[i])))
            return true;
    return false;
}

/* The file is called as its specification says (UF, F), or as the catalogue does. */
static const char *name_of(fz_context *library, pdf_obj *file)
{
    pdf_embedded_file_params about;
    pdf_get_embedded_file_params(library, file, &about);
    return about.filename == NULL ? "" : about.filename;
}

static void take(struct attached *attached, pdf_obj *file, const char *said, struct buf *out, struct buf *name)
{
    unsigned char *at;
    attached->bytes = pdf_load_embedded_file_contents(attached->library, file);
    size_t size = fz_buffer_storage(attached->library, attached->bytes, &at);
    buf_add(out, (struct str){(const char *)at, size});
    buf_add(name, str_of(said));
    attached->status = out->is_over || name->is_over ? LIMIT
                       : utf8_is_valid(buf_str(out)) && utf8_is_valid(buf_str(name)) ? OK
                                                                                       : INVALID;
}

static void look(struct attached *attached, struct buf *out, struct buf *name)
{
    fz_context *library = attached->library;
    attached->files = pdf_load_name_tree(library, attached->document, PDF_NAME(EmbeddedFiles));
    int count = pdf_dict_len(library, attached->files);
    attached->status = count > ATTACHED_FILES_MAX ? LIMIT : NOT_FOUND;
    for (int i = 0; i < count && attached->status == NOT_FOUND; i++) {
        pdf_obj *file = pdf_dict_get_val(library, attached->files, i);
        if (!pdf_is_embedded_file(library, file))
            continue;
        const char *own = name_of(library, file);
        const char *listed = pdf_to_name(library, pdf_dict_get_key(library, attached->files, i));
        if (is_invoice(own) || is_invoice(listed))
            take(attached, file, is_invoice(own) ? own : listed, out, name);
    }
}

static void read_document(struct attached *attached, struct str bytes, struct buf *out, struct buf *name)
{
    fz_context *library = attached->library;
    fz_try(library)
    {
        attached->status = pdf_library_document(library, bytes, &attached->stream, &attached->document);
        if (attached->status == OK)
            look(attached, out, name);
    }
    fz_always(library)
    {
        fz_drop_buffer(library, attached->bytes);
        pdf_drop_obj(library, attached->files);
        pdf_drop_document(library, attached->document);
        fz_drop_stream(library, attached->stream);
    }
    fz_catch(library)
    {
        attached->status = pdf_library_status(library);
    }
}

enum wording_end attached_invoice(struct str document, struct buf *file, struct buf *name)
{
    struct attached attached = {.status = OK};
    struct pdf_library library = {.used = 0};
    if (document.len > WORDING_DOCUMENT_MAX)
        return WORDING_TOO_LARGE;
    if (!wording_is_pdf(document))
        return WORDING_UNKNOWN;
    if (pdf_library_open(&library) != OK)
        return WORDING_TOO_MUCH;
    attached.library = library.context;
    read_document(&attached, document, file, name);
    pdf_library_close(&library);
    return attached.status == OK          ? WORDING_DONE
           : attached.status == NOT_FOUND ? WORDING_EMPTY
           : attached.status == DENIED    ? WORDING_LOCKED
           : attached.status == LIMIT     ? WORDING_TOO_MUCH
                                          : WORDING_DAMAGED;
}
