package io.metastore.e2e.fault;

/// Something that must happen does not happen: the run ends here, and the report tells it.
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String what) {
        super(what);
    }
}
