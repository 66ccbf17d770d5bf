package io.metastore.server.rest;

import io.metastore.server.model.Bytes;
import java.nio.ByteBuffer;
import java.util.Base64;

/// Where the next page of a listing begins, and at which revision, so that all pages show one moment.
///
/// @param from the first key that was not shown
record PageToken(long revision, Bytes from) {
    String text() {
        var bytes = ByteBuffer.allocate(Long.BYTES + from.length())
                .putLong(revision)
                .put(from.shared())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// @throws BadRequestException when it is none
    static PageToken parse(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() > Long.BYTES) {
                long revision = bytes.getLong();
                if (revision > 0) {
                    return new PageToken(revision, Bytes.copyOf(bytes));
                }
            }
        } catch (IllegalArgumentException e) {
            throw notAToken();
        }
        throw notAToken();
    }

    private static BadRequestException notAToken() {
        return new BadRequestException("the parameter continue must be the token that the page before ended with");
    }
}
