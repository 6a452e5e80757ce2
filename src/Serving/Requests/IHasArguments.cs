namespace Tradepost.Serving.Requests;

/// <summary>Marks a body that also has a job's arguments, under <c>arguments</c>.</summary>
public interface IHasArguments;
