namespace Tradepost.Storage.Notes;

/// <summary>A text about tables that holds until somebody writes to one of them.</summary>
internal sealed record TableNote(string Name, IReadOnlyList<string> Tables, string Text);
