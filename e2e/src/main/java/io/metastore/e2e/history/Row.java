package io.metastore.e2e.history;

/// A key with its value, as some revision of the store has it.
///
/// @param lease 0 for none
/// @param version changes since the key was created, 1 for the first; 0 says that the key was deleted at
///     `mod`
public record Row(String key, String value, long create, long mod, long version, long lease) {
    /// What stands for a key from the revision on at which it was deleted.
    public static Row deleted(String key, long revision) {
        return new Row(key, "", 0, revision, 0, 0);
    }

    public boolean exists() {
        return version > 0;
    }

    @Override
    public String toString() {
        if (!exists()) {
            return key + " deleted@" + mod;
        }
        return key + "=" + value + "@" + mod + " (created " + create + ", version " + version
                + (lease == 0 ? "" : ", lease " + lease) + ")";
    }
}
