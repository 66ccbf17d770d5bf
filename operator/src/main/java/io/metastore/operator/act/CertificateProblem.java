package io.metastore.operator.act;

/// Certificates cannot be made, and a person must do something.
public final class CertificateProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    CertificateProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
