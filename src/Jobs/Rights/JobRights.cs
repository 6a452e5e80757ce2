using System.Globalization;
using Tradepost.Storage.Connections;

namespace Tradepost.Jobs.Rights;

/// <summary>The one place that decides whether a job may be started with these arguments by whoever asks.</summary>
internal static class JobRights
{
    /// <summary>Returns when whoever asks may start the job with these arguments.</summary>
    /// <exception cref="JobRightsException">They may not.</exception>
    public static void Check(JobDefinition job, object arguments, AskerRole role, Settings settings)
    {
        if (role < job.Role)
        {
            throw new JobRightsException($"The role {Name(role)} may not run {job.Name}; {Who(job.Role)}.", role, job.Role);
        }

        foreach (var argument in JobArguments.Of(job).All.Where(argument => role < argument.RoleFor(arguments)))
        {
            var above = argument.FreeUpTo is { } most ? string.Create(CultureInfo.InvariantCulture, $" above {most}") : "";
            throw new JobRightsException(
                $"The role {Name(role)} may not set {argument.Key} of {job.Name}{above}; {Who(argument.Role!.Value)}.",
                role,
                argument.Role.Value,
                argument.Key
            );
        }

        if (role < AskerRole.Operator && job.OnlyHere(arguments, settings) is { } reason)
        {
            throw new JobRightsException(reason, role, AskerRole.Operator);
        }
    }

    private static string Who(AskerRole role) =>
        role == AskerRole.Operator ? "that is done at the server's own command line" : $"{Name(role)} may";

    private static string Name(AskerRole role) => Spelling.Snake(role.ToString());
}
