namespace Tradepost.Storage;

/// <summary>
/// Where tables of secrets are: a schema of this name, in a file of its own beside the embedded store, and in PostgreSQL beside the
/// others, without rights for anybody but the store's login. No query of a user runs on a connection that reaches it.
/// </summary>
public static class PrivateSchema
{
    public const string Name = "tradepost_private";
}
