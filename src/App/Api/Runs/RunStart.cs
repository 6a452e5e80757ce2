using Tradepost.App.Api.Requests;

namespace Tradepost.App.Api.Runs;

/// <summary>A run to start: nothing but the job's own arguments.</summary>
internal sealed record RunStart : IHasArguments;
