package io.metastore.operator.model;

/// What a volume of a member is for.
public enum VolumeUse {
    DATA("data"),
    /// The Raft log, if it has a volume of its own.
    LOG("log");

    private final String text;

    VolumeUse(String text) {
        this.text = text;
    }

    /// As in labels.
    public String text() {
        return text;
    }

    /// The name of the claim: `data-demo-3`.
    public String claim(MemberName member) {
        return text + "-" + member.text();
    }
}
