package io.metastore.server.rest;

/// A request that cannot be understood; it says what and the way out.
final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    BadRequestException(String what) {
        super(what);
        this.what = what;
    }

    String what() {
        return what;
    }
}
