namespace Tradepost.App.Api.Requests;

/// <summary>Marks a body that also has a job's arguments, under <c>arguments</c>.</summary>
internal interface IHasArguments;
