package io.metastore.server.config;

/// Settings that cannot be used. The message names the setting, its value and what is allowed.
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// For messages that are etcd's own and are kept word by word.
    public ConfigException(String message) {
        super(message);
    }

    /// `--max-txn-ops is -1, allowed is a number of at least 0`
    static ConfigException notAllowed(String key, Object value, String allowed) {
        return new ConfigException("--" + key + " is " + value + ", allowed is " + allowed);
    }
}
