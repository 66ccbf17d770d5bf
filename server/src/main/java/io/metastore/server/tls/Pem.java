package io.metastore.server.tls;

import io.metastore.server.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// The blocks of a PEM file. Text around them is skipped, as everywhere.
///
///     -----BEGIN CERTIFICATE-----   →   Block("CERTIFICATE", its bytes)
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*(?:-(?!----END)[^-]*)*)-----END \\1-----");
    private static final int LARGEST_FILE = 16 << 20;

    private Pem() {}

    /// @param type the words behind BEGIN
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Block(String type, byte[] der) {}

    /// @throws ConfigException when the file cannot be read, or a block in it not be decoded
    static List<Block> read(Path file) {
        var text = new String(bytes(file), StandardCharsets.ISO_8859_1);
        return BLOCK.matcher(text)
                .results()
                .map(found -> block(file, found.group(1), found.group(2)))
                .toList();
    }

    /// @throws ConfigException when the file cannot be read
    static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new ConfigException(file + " is larger than " + LARGEST_FILE + " bytes: is it the right file?");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw failed("open " + file + ": no such file or directory", e);
        } catch (AccessDeniedException e) {
            throw failed("open " + file + ": permission denied; the user of this process must be able to read it", e);
        } catch (IOException e) {
            throw failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Block block(Path file, String type, String body) {
        if (body.contains("ENCRYPTED") || type.startsWith("ENCRYPTED")) {
            throw new ConfigException("the key in " + file
                    + " is protected by a password, which nobody could type here: store it without one"
                    + " (openssl pkey -in ... -out ...)");
        }
        try {
            return new Block(type, Base64.getMimeDecoder().decode(body));
        } catch (IllegalArgumentException e) {
            throw failed("the block \"" + type + "\" in " + file + " is damaged: it is not base64", e);
        }
    }

    static ConfigException failed(String message, Exception cause) {
        var failure = new ConfigException(message);
        failure.initCause(cause);
        return failure;
    }
}
