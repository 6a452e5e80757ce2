using Tradepost.Jobs.Runs;

namespace Tradepost.App.Api.Runs;

/// <summary>Lines of a log; with <c>next</c>, the number behind which more may come.</summary>
internal sealed record LogPage(IReadOnlyList<RunLogLine> Items, long? Next);
