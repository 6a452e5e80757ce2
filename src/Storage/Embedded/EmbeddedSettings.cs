using DuckDB.NET.Data;

namespace Tradepost.Storage.Embedded;

/// <summary>What a connection opens and how, worked out once for all connections of a store.</summary>
internal sealed class EmbeddedSettings
{
    /// <summary>Loads the native library, which DuckDB.NET asks for the names of its settings.</summary>
    public EmbeddedSettings(DuckDBConnectionStringBuilder builder)
    {
        Path = RealPath.Of(builder.DataSource);
        ConnectionString = new DuckDBConnectionStringBuilder
        {
            ConnectionString = builder.ConnectionString,
            DataSource = Path,
        }.ConnectionString;
        var others = new DuckDBConnectionStringBuilder { ConnectionString = builder.ConnectionString };
        others.Remove("DataSource");
        Others = others.ConnectionString;
    }

    /// <summary>The file, in the one spelling of its path.</summary>
    public string Path { get; }

    /// <summary>Everything but the file: connections share a database only when theirs are the same.</summary>
    public string Others { get; }

    public string ConnectionString { get; }
}
