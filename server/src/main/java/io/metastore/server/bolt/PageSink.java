package io.metastore.server.bolt;

/// Takes pages in the order in which they will lie in the file.
interface PageSink {
    /// Takes the next page.
    ///
    /// @return its number
    long add(Page page);

    /// The number that the next page will have.
    long next();
}
