package io.metastore.operator.model;

/// What a member is in its cluster.
public enum Role {
    VOTER("voter"),
    /// Takes over the data and does not vote yet.
    LEARNER("learner"),
    /// Votes and keeps the log only.
    WITNESS("witness");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /// As in labels.
    public String text() {
        return text;
    }

    public boolean votes() {
        return this != LEARNER;
    }
}
