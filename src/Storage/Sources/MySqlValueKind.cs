namespace Tradepost.Storage.Sources;

/// <summary>How the values of a MySQL column are read.</summary>
internal enum MySqlValueKind
{
    Other,
    Int,
    WideDecimal,
    Text,
    Time,
    Bytes,
}
