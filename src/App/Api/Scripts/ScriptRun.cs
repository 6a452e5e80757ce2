using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Serving.Requests;

namespace Tradepost.App.Api.Scripts;

/// <summary>A script to run, with the arguments of its job.</summary>
internal sealed record ScriptRun : IHasArguments
{
    [Required]
    [Description("The script's name, as in the list; an ending .py may stand behind it.")]
    public string Script { get; init; } = "";
}
