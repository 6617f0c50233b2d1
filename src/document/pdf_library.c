#include "document/pdf_library.h"

#include <stdlib.h>

#include "document/wording.h"

enum {
    STORE_BYTES = 16 << 20,
    HEAD = 16, /* before each piece of memory: how long it is */
};

static void *memory_get(void *with, size_t size)
{
    struct pdf_library *library = with;
    if (size > WORDING_PDF_MEMORY - library->used)
        return NULL;
    char *at = malloc(size + HEAD);
    if (at == NULL)
        return NULL;
    *(size_t *)(void *)at = size;
    library->used += size;
    return at + HEAD;
}

static void memory_give_back(void *with, void *piece)
{
    struct pdf_library *library = with;
    if (piece == NULL)
        return;
    char *at = (char *)piece - HEAD;
    library->used -= *(size_t *)(void *)at;
    free(at);
}

static void *memory_change(void *with, void *piece, size_t size)
{
    struct pdf_library *library = with;
    if (piece == NULL)
        return memory_get(with, size);
    size_t before = *(size_t *)(void *)((char *)piece - HEAD);
    if (size > before && size - before > WORDING_PDF_MEMORY - library->used)
        return NULL;
    char *at = realloc((char *)piece - HEAD, size + HEAD);
    if (at == NULL)
        return NULL;
    *(size_t *)(void *)at = size;
    library->used += size - before;
    return at + HEAD;
}

static void be_silent(void *with, const char *message)
{
    (void)with;
    (void)message;
}

enum status pdf_library_open(struct pdf_library *library)
{
    fz_alloc_context allocator = {library, memory_get, memory_change, memory_give_back};
    library->used = 0;
    library->context = fz_new_context(&allocator, NULL, STORE_BYTES);
    if (library->context == NULL)
        return LIMIT;
    fz_set_warning_callback(library->context, be_silent, NULL);
    fz_set_error_callback(library->context, be_silent, NULL);
    return OK;
}

void pdf_library_close(struct pdf_library *library)
{
    fz_drop_context(library->context);
    library->context = NULL;
}

enum status pdf_library_document(fz_context *context, struct str bytes, fz_stream **ret_stream,
                                 pdf_document **ret_document)
{
    *ret_stream = fz_open_memory(context, (const unsigned char *)bytes.at, bytes.len);
    *ret_document = pdf_open_document_with_stream(context, *ret_stream);
    return pdf_needs_password(context, *ret_document) ? DENIED : OK;
}

enum status pdf_library_status(fz_context *context)
{
    return fz_caught(context) == FZ_ERROR_MEMORY ? LIMIT : INVALID;
}
