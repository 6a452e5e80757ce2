using System.Text.Json.Nodes;

namespace Tradepost.App.Api.Scripts;

/// <summary>A script that can be run.</summary>
internal sealed record ScriptView(string Name, string Job, string Description, JsonObject Arguments);
