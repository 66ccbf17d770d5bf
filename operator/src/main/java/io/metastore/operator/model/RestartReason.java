package io.metastore.operator.model;

/// Why the operator deletes a Pod: the one answer to why a member was restarted.
public enum RestartReason {
    SPEC_CHANGED("SpecChanged", "its settings or version changed"),
    POD_EDITED("PodEdited", "somebody changed its image"),
    FILE_SYSTEM_GROWS("FileSystemGrows", "its file system waits for a restart to grow"),
    MEMBERS_CHANGED("MembersChanged", "it has never started, and the members that it was told of have changed"),
    VOLUME_LOST("VolumeLost", "its volume is gone"),
    REMOVED("Removed", "it no longer belongs to the cluster"),
    HIBERNATES("Hibernates", "the cluster hibernates");

    private final String word;
    private final String text;

    RestartReason(String word, String text) {
        this.word = word;
        this.text = text;
    }

    /// One word for programs.
    public String word() {
        return word;
    }

    /// For people.
    public String text() {
        return text;
    }
}
