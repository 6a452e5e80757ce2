using Tradepost.Jobs.Runs;

namespace Tradepost.App.Api.Scripts;

/// <summary>A script and its latest run; without one it has never run.</summary>
internal sealed record ScriptStatus(string Script, string Job, Run? Run);
