package io.metastore.operator.member;

/// A member refused something, or did not answer.
public final class MemberException extends Exception {
    private static final long serialVersionUID = 1;

    public MemberException(String message, Throwable cause) {
        super(message, cause);
    }

    public MemberException(String message) {
        super(message);
    }
}
