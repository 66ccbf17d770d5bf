package io.metastore.server.bolt;

/// A file that cannot be what it should be. The message names the page and the reason.
public final class DamagedFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DamagedFileException(String message) {
        super(message);
    }

    static DamagedFileException page(long page, String reason) {
        return new DamagedFileException("page " + Long.toUnsignedString(page) + ": " + reason);
    }
}
