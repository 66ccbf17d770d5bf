package io.metastore.server.identity;

import io.metastore.server.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/// The first block of a PEM file that is not about parameters.
///
/// @param label what stands behind BEGIN
record Pem(String label, Bytes content) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /// @throws IllegalArgumentException when there is none
    static Pem parse(byte[] file) {
        return BLOCK.matcher(new String(file, StandardCharsets.US_ASCII))
                .results()
                .filter(block -> !block.group(1).endsWith("PARAMETERS"))
                .map(block -> new Pem(
                        block.group(1), Bytes.wrap(Base64.getMimeDecoder().decode(block.group(2)))))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no key in PEM form"));
    }
}
