namespace Tradepost.App.Runs;

/// <summary>How the id of a run is written.</summary>
internal static class Identifier
{
    public const string Pattern = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";
    public const string Expectation = "expected is an id such as 01970000-0000-7000-8000-000000000000";

    public static Guid? Find(string? text) => text is null ? null : Guid.Parse(text);
}
