#include "document/gzip.h"

#include <stdlib.h>
#include <zlib.h>

enum { GZIP_ALONE = 15 + 16 /* the largest window, and gzip's own head: zlib.h, inflateInit2 */, ROOM = 16384 };

struct gzip {
    z_stream stream;
    uint64_t max, inflated;
    bool is_whole;
};

struct gzip *gzip_create(uint64_t max)
{
    struct gzip *gzip = calloc(1, sizeof *gzip);
    REQUIRE(gzip != NULL);
    gzip->max = max;
    REQUIRE(inflateInit2(&gzip->stream, GZIP_ALONE) == Z_OK);
    return gzip;
}

void gzip_destroy(struct gzip **gzip)
{
    if (*gzip == NULL)
        return;
    inflateEnd(&(*gzip)->stream);
    free(*gzip);
    *gzip = NULL;
}

enum status gzip_take(struct gzip *gzip, struct str piece)
{
    unsigned char room[ROOM];
    z_stream *stream = &gzip->stream;
    int done = Z_OK;
    /* zlib reads from here and never writes; pieces are far below 4 GiB, as files are. */
    stream->next_in = (unsigned char *)(uintptr_t)piece.at;
    stream->avail_in = (unsigned)piece.len;
    do {
        if (gzip->is_whole)
            return stream->avail_in == 0 ? OK : INVALID;
        stream->next_out = room;
        stream->avail_out = ROOM;
        done = inflate(stream, Z_NO_FLUSH);
        if (done != Z_OK && done != Z_STREAM_END && done != Z_BUF_ERROR)
            return INVALID;
        gzip->inflated += ROOM - stream->avail_out;
        gzip->is_whole = done == Z_STREAM_END;
        if (gzip->inflated > gzip->max)
            return LIMIT;
    } while (stream->avail_in > 0 || stream->avail_out == 0);
    return OK;
}

bool gzip_is_whole(const struct gzip *gzip)
{
    return gzip->is_whole;
}

uint64_t gzip_inflated(const struct gzip *gzip)
{
    return gzip->inflated;
}

void gzip_pack(struct buf *out, struct str bytes)
{
    enum { MEMORY = 8 /* as deflateInit has it */ };
    z_stream stream = {0};
    REQUIRE(bytes.len <= UINT32_MAX);
    REQUIRE(deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_ALONE, MEMORY, Z_DEFAULT_STRATEGY) == Z_OK);
    size_t most = deflateBound(&stream, bytes.len);
    char *room = buf_reserve(out, most);
    if (room != NULL) {
        stream.next_in = (unsigned char *)(uintptr_t)bytes.at;
        stream.avail_in = (unsigned)bytes.len;
        stream.next_out = (unsigned char *)room;
        stream.avail_out = (unsigned)most;
        REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
        buf_grew(out, most - stream.avail_out);
    }
    deflateEnd(&stream);
}
