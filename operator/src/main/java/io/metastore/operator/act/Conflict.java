package io.metastore.operator.act;

/// The world is no longer as it was when a step was planned, or members refuse it: look again and plan
/// anew.
public final class Conflict extends Exception {
    private static final long serialVersionUID = 1;

    Conflict(Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }

    Conflict(String message, Throwable cause) {
        super(message, cause);
    }

    Conflict(String message) {
        super(message);
    }
}
